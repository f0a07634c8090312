"""The door of the service desk for other modules."""

from meridian.work.servicedesk.commands.history import load_history

__all__ = ["load_history"]
