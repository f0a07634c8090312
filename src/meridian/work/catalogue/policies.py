"""Who may order, see orders, keep items and do tasks."""

from django.db.models import Exists, OuterRef, Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.approvals.facade import asked_of
from meridian.work.catalogue.contracts import VersionState
from meridian.work.catalogue.models import Item, Order, OrderLine
from meridian.work.servicedesk.facade import Membership

OWNERS = frozenset({"view", "draft", "change", "publish", "withdraw", "remove"})


class ItemPolicy(Policy):
    """The catalogue is known to everybody; an item is kept by its unit and by its owner."""

    unit = "unit__path"
    everyone = frozenset({"view"})

    def own(self, actor: Actor, action: str) -> Q:
        return Q(owner=actor.person_id) if actor.person_id and action == "design" else NOBODY


class VersionPolicy(Policy):
    """What was published is known to everybody, drafts to those who write them."""

    unit = "item__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        mine = NOBODY
        if actor.person_id is not None and action in OWNERS:
            mine = Q(item__in=Item.objects.filter(owner=actor.person_id).values("pk"))
        return mine | ~Q(state=VersionState.DRAFT) if action == "view" else mine


class OrderPolicy(Policy):
    """Orders are seen by who ordered, for whom, who is asked to approve, and who keeps the cost centre;
    everybody may order."""

    unit = "cost_centre__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "put", "place", "cancel"):
            return NOBODY
        mine = Q(orderer=actor.person_id)
        if action != "view":
            return mine
        lines = OrderLine.objects.filter(order=OuterRef("pk"), beneficiary=actor.person_id)
        asked = Q(pk__in=asked_of(actor.person_id, Order))
        return mine | (Q(Exists(lines)) | asked) & ~Q(state="basket")


class LinePolicy(Policy):
    """As the order; of one that somebody else ordered, the line that is for oneself."""

    unit = "order__cost_centre__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "take_out"):
            return NOBODY
        mine = Q(order__orderer=actor.person_id)
        if action != "view":
            return mine
        asked = Q(order__in=asked_of(actor.person_id, Order))
        return mine | (Q(beneficiary=actor.person_id) | asked) & ~Q(state="basket")


class TaskPolicy(Policy):
    """The team does its tasks; who ordered, and for whom, sees how far they are."""

    unit = "team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "finish", "drop"):
            return NOBODY
        teams = Membership.objects.filter(person=actor.person_id).values("team")
        mine = Q(team__in=teams)
        if action != "view":
            return mine
        return mine | Q(line__order__orderer=actor.person_id) | Q(line__beneficiary=actor.person_id)


class FactPolicy(Policy):
    """Usage is read where the cost centre is kept, and by its owner."""

    unit = "cost_centre__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        return Q(cost_centre__owner=actor.person_id) if actor.person_id and action == "view" else NOBODY
