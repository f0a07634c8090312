"""Every write of the channels."""

from meridian.work.channels.commands.intake import set_aside, take_in

__all__ = ["set_aside", "take_in"]
