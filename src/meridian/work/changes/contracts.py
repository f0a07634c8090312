"""Words of changes that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.work.change_calendar.contracts import Kind

__all__ = ["EventType", "Kind", "Level", "OPEN_STATES", "Outcome", "State"]


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ASSESS = "assess", _("To be assessed")
    AUTHORISE = "authorise", _("Waits for authorisation")
    SCHEDULED = "scheduled", _("Scheduled")
    IMPLEMENT = "implement", _("Being implemented")
    REVIEW = "review", _("To be reviewed")
    CLOSED = "closed", _("Closed")
    REJECTED = "rejected", _("Rejected")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (State.DRAFT, State.ASSESS, State.AUTHORISE, State.SCHEDULED, State.IMPLEMENT, State.REVIEW)


class Level(models.TextChoices):
    LOW = "low", _("Low")
    MODERATE = "moderate", _("Moderate")
    HIGH = "high", _("High")


class Outcome(models.TextChoices):
    SUCCESSFUL = "successful", _("Successful")
    WITH_ISSUES = "with_issues", _("Successful with issues")
    BACKED_OUT = "backed_out", _("Backed out")
    FAILED = "failed", _("Failed")


class EventType(models.TextChoices):
    """What can happen to a change."""

    OPENED = "opened", _("opened")
    CHANGED = "changed", _("plan or window changed")
    TOUCHED = "touched", _("touches more")
    UNTOUCHED = "untouched", _("touches less")
    SUBMITTED = "submitted", _("submitted")
    ASSESSED = "assessed", _("assessed")
    ASKED = "asked", _("authorisation asked")
    AUTHORISED = "authorised", _("authorised")
    VOIDED = "voided", _("authorisation void")
    REJECTED = "rejected", _("rejected")
    ASSIGNED = "assigned", _("assigned")
    STARTED = "started", _("implementation begun")
    COMPLETED = "completed", _("implementation ended")
    REVIEWED = "reviewed", _("reviewed")
    CANCELLED = "cancelled", _("cancelled")
    REOPENED = "reopened", _("taken back to draft")
    NOTED = "noted", _("noted")
    CAUSED = "caused", _("caused an incident")
    CLEARED = "cleared", _("did not cause an incident")
    MERGED = "merged", _("merged")
    UNMERGED = "unmerged", _("merge undone")
    LINKED = "linked", _("linked")
    UNLINKED = "unlinked", _("link removed")
