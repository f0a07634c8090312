"""The log of problems, and what every command on one asks first."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal
from meridian.engine.numbering import Series
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.items import facade as items
from meridian.work.items.contracts.happenings import NO_CHANGES, Happened, Words
from meridian.work.items.facade import Log, Relations
from meridian.work.problems.models import Problem

SERIES, ERROR_SERIES = Series("PRB"), Series("KE")
LOG = Log(Problem)
RELATIONS = Relations(LOG)
SENTENCES: dict[str, Promise] = {
    "assign": _("Only an open problem can be assigned; this one is “%(state)s”. Reopen it first."),
    "analyse": _("Analysis begins on a problem that was logged; this one is “%(state)s”."),
    "find_cause": _("A cause is noted while a problem is looked into; this one is “%(state)s”."),
    "know": _("Only an open problem has a known error; this one is “%(state)s”. Reopen it first."),
    "await_change": _("A fix waits for a change once the cause is known; this problem is “%(state)s”."),
    "resolve": _("Only an open problem can be resolved; this one is “%(state)s”."),
    "close": _("Only a resolved problem can be closed; this one is “%(state)s”."),
    "reopen": _("Only what was resolved can be reopened; this problem is “%(state)s”."),
    "cancel": _("Only an open problem can be cancelled; this one is “%(state)s”."),
    "change": _("The particulars of a problem that is “%(state)s” stand. Reopen it first."),
    "attach": _("Incidents are attached to a problem that goes on; this one is “%(state)s”."),
    "detach": _("The incidents of a problem that is “%(state)s” stand."),
    "merge": _("A problem that is “%(state)s” can't be merged into another."),
}


def require_verb(actor: Actor, problem: Problem, verb: str) -> None:
    """Refuse what the problem's state doesn't allow, or what belongs on the one it was merged into."""
    items.require_verb(actor, problem, verb, SENTENCES)


def record(
    actor: Actor,
    problem: Problem,
    type: str,
    changes: Any = NO_CHANGES,
    words: Words | None = None,
    **facts: Any,
) -> Problem:
    """Write what happened to a problem now."""
    happened = Happened(type, timezone.now(), actor.person_id, changes, facts, words)
    return LOG.record(problem, happened)


def said(text: str, field: str, ask: Promise) -> str:
    """What was typed; refused with `ask` when nothing can be seen of it."""
    if not can_be_seen(text):
        raise Refusal(ask, field)
    return items.bounded(text, field)
