"""Every write is a command: a named function that takes the acting actor."""

from meridian.engine.commands.command import clean_row, command, commands
from meridian.engine.commands.faults import Conflict, Refusal, Unpermitted, Unseen
from meridian.engine.commands.standard import standard_commands

__all__ = [
    "Conflict",
    "Refusal",
    "Unpermitted",
    "Unseen",
    "clean_row",
    "command",
    "commands",
    "standard_commands",
]
