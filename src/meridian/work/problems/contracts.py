"""Words of problems that other modules use."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.translation import Translations


class State(models.TextChoices):
    LOGGED = "logged", _("Logged")
    ANALYSIS = "analysis", _("In analysis")
    CAUSE_KNOWN = "cause_known", _("Root cause known")
    KNOWN_ERROR = "known_error", _("Known error")
    FIX_IN_CHANGE = "fix_in_change", _("Fix in a change")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (State.LOGGED, State.ANALYSIS, State.CAUSE_KNOWN, State.KNOWN_ERROR, State.FIX_IN_CHANGE)


class Origin(models.TextChoices):
    REACTIVE = "reactive", _("Reactive: incidents led to it")
    PROACTIVE = "proactive", _("Proactive: found before it hurt more")


class Method(models.TextChoices):
    """How the cause was looked for."""

    FIVE_WHYS = "five_whys", _("Five whys")
    ISHIKAWA = "ishikawa", _("Cause and effect diagram")
    KEPNER_TREGOE = "kepner_tregoe", _("Kepner-Tregoe")
    FAULT_TREE = "fault_tree", _("Fault tree")
    TIMELINE = "timeline", _("Chronological analysis")
    REPRODUCTION = "reproduction", _("Reproducing it")


class ProblemEnd(models.TextChoices):
    """How a problem ended."""

    FIXED = "fixed", _("The cause was removed")
    ACCEPTED = "accepted", _("The risk is accepted")
    NOT_FOUND = "not_found", _("No cause was found")
    GONE = "gone", _("It does not happen any more")


class EventType(models.TextChoices):
    """What can happen to a problem."""

    OPENED = "opened", _("opened")
    ASSIGNED = "assigned", _("assigned")
    ANALYSED = "analysed", _("analysis begun")
    CAUSE_FOUND = "cause_found", _("root cause found")
    KNOWN = "known", _("made a known error")
    AWAITED = "awaited", _("waits for a change")
    RESOLVED = "resolved", _("resolved")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")
    REOPENED = "reopened", _("reopened")
    CHANGED = "changed", _("particulars changed")
    NOTED = "noted", _("noted")
    ATTACHED = "attached", _("incident attached")
    DETACHED = "detached", _("incident detached")
    MERGED = "merged", _("merged")
    UNMERGED = "unmerged", _("merge undone")
    LINKED = "linked", _("linked")
    UNLINKED = "unlinked", _("link removed")


@dataclass(frozen=True, slots=True)
class Workaround:
    """A known error as whoever is troubled by it reads it."""

    number: str
    symptom: Translations
    workaround: Translations
    since: datetime
    problem: str
