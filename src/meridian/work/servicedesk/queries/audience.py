"""Whom an item concerns, and what was said at one place of its log."""

from meridian.engine.policies import Actor
from meridian.work.servicedesk.contracts import Audience
from meridian.work.servicedesk.models import Membership, Watcher, WorkItem

MOST_FOLLOWED_ITEMS = 500


def audience_of(item_id: int) -> Audience:
    """Everybody whom a happening of the item may concern, in four statements."""
    item = WorkItem.objects.select_related("team").get(pk=item_id)
    agents = Membership.objects.filter(team=item.team_id, person__left_on__isnull=True)
    return Audience(
        number=item.number,
        title=item.title,
        due_at=item.due_at,
        requester=item.requester_id,
        assignee=item.assignee_id,
        team_name=str(item.team or ""),
        agents=frozenset(agents.values_list("person", flat=True)),
        watchers=frozenset(Watcher.objects.filter(item=item).values_list("person", flat=True)),
        merged=_merged_into(item_id),
    )


def _merged_into(item_id: int) -> tuple[tuple[str, int], ...]:
    """Number and requester of every item that went into this one, also by way of others."""
    found: dict[int, tuple[str, int]] = {}
    into = [item_id]
    while into and len(found) < MOST_FOLLOWED_ITEMS:
        rows = WorkItem.objects.filter(merged_into__in=into).values_list("pk", "number", "requester")
        fresh = {pk: (number, requester) for pk, number, requester in rows if pk not in found}
        found |= fresh
        into = list(fresh)
    return tuple(found.values())


def may_read(actor: Actor, item_id: int, *, as_desk: bool = False) -> bool:
    """Whether the actor may see the item; `as_desk`, what only the desk sees of it."""
    rows = WorkItem.objects.permitted(actor, "queue" if as_desk else "view")
    return rows.filter(pk=item_id).exists()
