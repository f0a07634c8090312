"""What the demo organisation gets: contacts of the incidents that came by telephone, in person or chat."""

from datetime import timedelta

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.work.contacts.models import Contact
from meridian.work.servicedesk.facade import WorkItem

MOST = 2_000
LASTED = timedelta(minutes=9)
SOLVED_WITHIN = timedelta(minutes=45)


def give_contacts(actor: Actor) -> None:
    """A contact for each of the last requests that were taken down by an agent; once.

    What was resolved within three quarters of an hour was resolved while the person waited.
    """
    if Contact.objects.exists():
        return
    spoken = WorkItem.objects.filter(channel__in=("phone", "walk_in", "chat"), kind="incident")
    made = []
    for item in spoken.select_related("team").order_by("-opened_at", "-id")[:MOST]:
        solved = item.resolved_at is not None and item.resolved_at - item.opened_at <= SOLVED_WITHIN
        made.append(
            Contact(
                way=item.channel,
                person_id=item.requester_id,
                agent_id=item.assignee_id,
                team=item.team,
                tier=1 if item.team is None or item.team.kind == "desk" else 2,
                category_id=item.category_id,
                note=item.title[:200],
                outcome="solved" if solved else "opened",
                item=item,
                began_at=item.opened_at - LASTED,
                ended_at=item.resolved_at if solved else item.opened_at,
            )
        )
    with trail.entry("contacts.contact.give", actor):
        Contact.objects.bulk_create(made)
