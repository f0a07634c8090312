"""The log of changes, and what every command on one asks first."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal
from meridian.engine.numbering import Series
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.changes.models import Change
from meridian.work.items import facade as items
from meridian.work.items.contracts.happenings import NO_CHANGES, Happened, Words
from meridian.work.items.facade import Log, Relations

SERIES = Series("CHG")
LOG = Log(Change)
RELATIONS = Relations(LOG)
OVER = _("A change that is “%(state)s” stands as it is.")
SENTENCES: dict[str, Promise] = {
    "change": _("The plan of a change that is “%(state)s” stands: take it back to draft, or raise another."),
    "touch": OVER,
    "untouch": OVER,
    "assign": _("Only an open change is given to somebody; this one is “%(state)s”."),
    "submit": _("Only a draft is submitted; this change is “%(state)s”."),
    "assess": _("Only a submitted change is assessed; this one is “%(state)s”."),
    "ask_authorisation": _("Authorisation is asked of a change that was assessed; this one is “%(state)s”."),
    "implement": _("Only a scheduled change is implemented; this one is “%(state)s”."),
    "complete": _("Only a change that is being implemented ends; this one is “%(state)s”."),
    "review": _("Only a change that was implemented is reviewed; this one is “%(state)s”."),
    "cancel": _("A change that is “%(state)s” can't be cancelled."),
    "redraft": _("A change that is “%(state)s” is not taken back to draft."),
    "blame": _("A change that is “%(state)s” has caused nothing yet."),
    "clear": OVER,
    "merge": _("A change that is “%(state)s” can't be merged into another."),
}


def require_verb(actor: Actor, change: Change, verb: str) -> None:
    """Refuse what the change's state doesn't allow, or what belongs on the one it was merged into."""
    items.require_verb(actor, change, verb, SENTENCES)


def record(
    actor: Actor,
    change: Change,
    type: str,
    changes: Any = NO_CHANGES,
    words: Words | None = None,
    **facts: Any,
) -> Change:
    """Write what happened to a change now."""
    happened = Happened(type, timezone.now(), actor.person_id, changes, facts, words)
    return LOG.record(change, happened)


def said(text: str, field: str, ask: Promise) -> str:
    """What was typed; refused with `ask` when nothing can be seen of it."""
    if not can_be_seen(text):
        raise Refusal(ask, field)
    return items.bounded(text, field)
