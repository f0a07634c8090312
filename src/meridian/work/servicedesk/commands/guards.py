"""What every command on an item asks first."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Unseen, Untimely
from meridian.engine.policies import Actor
from meridian.engine.resources import Sight
from meridian.work.servicedesk.models import Link, WorkItem
from meridian.work.servicedesk.rules import may_move

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
    if item.merged_into and verb not in ("note", "unmerge"):
        raise Untimely(
            _("This item was merged into %(number)s: go on there, or undo the merge.")
            % {"number": number_for(actor, item.merged_into)}
        )
    if not may_move(verb, item.state):
        raise Untimely(SENTENCES[verb] % {"state": item.get_state_display()})


def number_for(actor: Actor, item: WorkItem) -> str:
    """The number of an item in a sentence for the actor, who may not see every item that it is about."""
    return (
        item.number if Sight(actor).sees(WorkItem, item.pk) else gettext("an item that is not yours to see")
    )


def waits_for_requester(item: WorkItem) -> bool:
    """Whether the item is on hold until the requester replies."""
    return item.hold_reason is not None and item.hold_reason.waits_for_requester


def refuse_open_parts(actor: Actor, item: WorkItem) -> None:
    """A whole does not end before its parts."""
    parts = WorkItem.objects.filter(links_in__source=item, links_in__type=Link.Type.PARENT, is_open=True)
    part = parts.order_by("pk").first()
    if part is not None:
        raise Untimely(
            _("Its part %(number)s is still open: end that first, or remove the link.")
            % {"number": number_for(actor, part)}
        )


def lock_another(actor: Actor, other: WorkItem, action: str) -> WorkItem:
    """Lock a second item that a command touches; it must be the actor's to act on."""
    found = WorkItem.objects.permitted(actor, action).filter(pk=other.pk).values("pk")
    locked = WorkItem.objects.select_for_update().filter(pk__in=found).first()
    if locked is None:
        raise Unseen(_("There is no such item, or it is not yours to see."))
    return locked
