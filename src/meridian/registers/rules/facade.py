"""The door of dated rules for other modules."""

from meridian.registers.rules.queries import edition_on, explain

__all__ = ["edition_on", "explain"]
