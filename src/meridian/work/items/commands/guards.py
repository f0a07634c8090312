"""What every command on an item asks first."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Unseen, Untimely
from meridian.engine.policies import Actor
from meridian.engine.resources import Sight
from meridian.work.items.models import Item
from meridian.work.items.queries.links import PARENT

I = TypeVar("I", bound=Item)  # noqa: E741 - an item
# What is still done to an item that was merged into another.
AFTER_MERGE = ("note", "unmerge")


def require_verb(actor: Actor, item: Item, verb: str, sentences: Mapping[str, Promise]) -> None:
    """Refuse what the item's state doesn't allow, or what belongs on the item it was merged into."""
    if item.merged_into and verb not in AFTER_MERGE:
        raise Untimely(
            _("This item was merged into %(number)s: go on there, or undo the merge.")
            % {"number": number_for(actor, item.merged_into)}
        )
    if not item.machine.may(verb, item.state):  # type: ignore[attr-defined]
        raise Untimely(sentences[verb] % {"state": item.get_state_display()})  # type: ignore[attr-defined]


def number_for(actor: Actor, item: Item) -> str:
    """The number of an item in a sentence for the actor, who may not see every item that it is about."""
    sees = Sight(actor).sees(type(item), item.pk)
    return item.number if sees else gettext("an item that is not yours to see")


def refuse_open_parts(actor: Actor, item: Item) -> None:
    """A whole does not end before its parts."""
    rows: Any = type(item)._default_manager
    parts = rows.filter(links_in__source=item, links_in__type=PARENT, is_open=True)
    part = parts.order_by("pk").first()
    if part is not None:
        raise Untimely(
            _("Its part %(number)s is still open: end that first, or remove the link.")
            % {"number": number_for(actor, part)}
        )


def lock_another(actor: Actor, other: I, action: str) -> I:
    """Lock a second item that a command touches; it must be the actor's to act on."""
    rows = type(other).objects
    found = rows.permitted(actor, action).filter(pk=other.pk).values("pk")
    locked: Any = rows.select_for_update().filter(pk__in=found).first()
    if locked is None:
        raise Unseen(_("There is no such item, or it is not yours to see."))
    mine: I = locked
    return mine
