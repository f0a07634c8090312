"""In whose name a mail acts: its sender's, with no more than a requester may."""

from meridian.engine.policies import Actor, Grant
from meridian.work.channels.models.references import Person

ASKING = frozenset(
    {
        *(f"servicedesk.workitem.{verb}" for verb in ("view", "reply", "confirm", "reopen", "note", "add")),
        *("servicedesk.workitem.attach", "servicedesk.workitem.link", "attachments.attachment.add"),
    }
)


def writer(person: Person) -> Actor:
    """Somebody who wrote a mail and whom the rules of intake let say it."""
    return Actor(None, person.pk, str(person), (Grant(ASKING),))
