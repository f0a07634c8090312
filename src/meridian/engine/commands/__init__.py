"""Every write is a command: a named function that takes the acting actor."""

from meridian.engine.commands.checking import clean_row
from meridian.engine.commands.command import ask_before, command, commands, refuse_unpermitted
from meridian.engine.commands.confirming import (
    ToConfirm,
    Warned,
    Warns,
    asked_at_once,
    confirmed_together,
    through_a_page,
)
from meridian.engine.commands.faults import (
    Busy,
    Conflict,
    Refusal,
    Unconfirmed,
    Unpermitted,
    Unseen,
    Untimely,
    busy_of,
)
from meridian.engine.commands.outcomes import Outcome, changed_fields, watching
from meridian.engine.commands.standard import STANDARD, standard_command, standard_commands, write_row

__all__ = [
    "STANDARD",
    "Busy",
    "Conflict",
    "Outcome",
    "Refusal",
    "ToConfirm",
    "Unconfirmed",
    "Unpermitted",
    "Unseen",
    "Untimely",
    "Warned",
    "Warns",
    "ask_before",
    "asked_at_once",
    "busy_of",
    "changed_fields",
    "clean_row",
    "command",
    "commands",
    "confirmed_together",
    "refuse_unpermitted",
    "standard_command",
    "standard_commands",
    "through_a_page",
    "watching",
    "write_row",
]
