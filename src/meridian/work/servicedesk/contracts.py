"""Words of the service desk that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
