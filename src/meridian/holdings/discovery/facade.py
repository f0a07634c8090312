"""The door of discovery for other modules."""

from meridian.holdings.discovery.commands import Body, take_in
from meridian.holdings.discovery.contracts import Report, Taken

__all__ = ["Body", "Report", "Taken", "take_in"]
