"""The door of configuration items for other modules."""

from meridian.holdings.configuration.commands import install_triggers
from meridian.holdings.configuration.queries import entry_of

__all__ = ["entry_of", "install_triggers"]
