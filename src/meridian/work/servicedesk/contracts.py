"""Words of the service desk that other modules use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from meridian.work.items.contracts.happenings import EventRow


class Kind(models.TextChoices):
    INCIDENT = "incident", _("Incident")
    REQUEST = "request", _("Service request")


class State(models.TextChoices):
    NEW = "new", _("New")
    ASSIGNED = "assigned", _("Assigned")
    IN_PROGRESS = "in_progress", _("In progress")
    ON_HOLD = "on_hold", _("On hold")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (State.NEW, State.ASSIGNED, State.IN_PROGRESS, State.ON_HOLD)


class Channel(models.TextChoices):
    PORTAL = "portal", _("Portal")
    PHONE = "phone", _("Telephone")
    MAIL = "mail", _("E-mail")
    WALK_IN = "walk_in", _("In person")
    CHAT = "chat", _("Chat")
    API = "api", _("Interface")
    OTHER = "other", _("Other")


class Resolution(models.TextChoices):
    """How an item was resolved."""

    SOLVED = "solved", _("Solved")
    WORKAROUND = "workaround", _("Worked around")
    EXPLAINED = "explained", _("Explained")
    NOT_REPRODUCIBLE = "not_reproducible", _("Could not be reproduced")
    NOT_OURS = "not_ours", _("Not for the desk")


# A language of a message: a code of at most this many characters, such as `en` or `zh-hans`.
LanguageCode = Annotated[str, StringConstraints(max_length=8)]


class EventType(models.TextChoices):
    """What can happen to a work item; the rows of the event log say nothing else."""

    OPENED = "opened", _("opened")
    ASSIGNED = "assigned", _("assigned")
    STARTED = "started", _("work started")
    HELD = "held", _("put on hold")
    RESUMED = "resumed", _("resumed")
    RESOLVED = "resolved", _("resolved")
    CONFIRMED = "confirmed", _("solution confirmed")
    REOPENED = "reopened", _("reopened")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")
    CHANGED = "changed", _("particulars changed")
    REPLIED = "replied", _("replied")
    NOTED = "noted", _("noted")
    MERGED = "merged", _("merged")
    UNMERGED = "unmerged", _("merge undone")
    SPLIT = "split", _("split off")
    LINKED = "linked", _("linked")
    UNLINKED = "unlinked", _("link removed")
    ATTACHED = "attached", _("file attached")
    IMPORTED = "imported", _("history row imported")


class ItemHistory(NamedTuple):
    """A work item with everything that happened to it; its first event is `opened`.

    The data of events name the columns of `rules.Folded`, and every column that changes in an
    item's life comes from folding them. `number` None
    takes the next of the series of its kind; `aliases` are further numbers that lead to it.
    Without a `due_at` in the events the item is due as the desk promises it at its opening.
    """

    requester: int
    events: Sequence[EventRow]
    number: str | None = None
    channel: str = "portal"
    language: str = "en"
    aliases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an item concerns; people by id.

    `agents` are those of its team, `merged` number and requester of each item that went into it.
    """

    number: str
    title: str
    due_at: datetime
    requester: int
    assignee: int | None
    team_name: str
    agents: frozenset[int]
    watchers: frozenset[int]
    merged: tuple[tuple[str, int], ...]
