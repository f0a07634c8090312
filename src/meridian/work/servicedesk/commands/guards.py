"""What every command on an item asks first, in the words of the desk."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import Actor
from meridian.work.items import facade as items
from meridian.work.servicedesk.models import WorkItem

SENTENCES: dict[str, Promise] = {
    "assign": _("Only open work can be assigned; this item is “%(state)s”. Reopen it first."),
    "take": _("Only open work can be taken; this item is “%(state)s”. Reopen it first."),
    "start": _("Work begins on what is new or assigned; this item is “%(state)s”."),
    "hold": _("Only assigned work or work in progress can be put on hold; this item is “%(state)s”."),
    "resume": _("Only an item on hold can be resumed; this item is “%(state)s”."),
    "resolve": _("Only open work can be resolved; this item is “%(state)s”."),
    "confirm": _("Only a solution that was given can be confirmed; this item is “%(state)s”."),
    "close": _("Only a resolved item can be closed; this item is “%(state)s”. Resolve or cancel it."),
    "reopen": _("Only what was resolved can be reopened; this item is “%(state)s”."),
    "cancel": _("Only open work can be cancelled; this item is “%(state)s”."),
    "change": _("The particulars of an item that is “%(state)s” stand. Reopen it first."),
    "reply": _("Nobody can be answered on an item that is “%(state)s”. Open a new one."),
    "merge": _("An item that is “%(state)s” can't be merged into another."),
}


def require_verb(actor: Actor, item: WorkItem, verb: str) -> None:
    """Refuse what the item's state doesn't allow, or what belongs on the item it was merged into."""
    items.require_verb(actor, item, verb, SENTENCES)


def waits_for_requester(item: WorkItem) -> bool:
    """Whether the item is on hold until the requester replies."""
    return item.hold_reason is not None and item.hold_reason.waits_for_requester
