"""Tables of changes and boards."""

from meridian.work.changes.models.changes import CausedIncident, Change, ChangeThing, SuppressionWindow
from meridian.work.changes.models.kin import (
    ChangeEvent,
    ChangeLink,
    ChangeMerge,
    ChangeMessage,
    ChangeNumber,
    ChangePresence,
    ChangeWatcher,
)
from meridian.work.changes.models.meetings import AgendaItem, Meeting
from meridian.work.changes.models.settings import Board, BoardMember, ChangeModel

__all__ = [
    "AgendaItem",
    "Board",
    "BoardMember",
    "CausedIncident",
    "Change",
    "ChangeEvent",
    "ChangeLink",
    "ChangeMerge",
    "ChangeMessage",
    "ChangeModel",
    "ChangeNumber",
    "ChangePresence",
    "ChangeThing",
    "ChangeWatcher",
    "Meeting",
    "SuppressionWindow",
]
