"""Letters to people and calls to systems, for what happens at the desk."""

from dataclasses import asdict
from typing import Any

from pydantic_core import to_jsonable_python

from meridian.engine.events import name_of
from meridian.work.channels.commands.webhooks import queue_delivery
from meridian.work.channels.commands.writing import Draft, write_mail
from meridian.work.channels.contracts import Letter
from meridian.work.channels.models import Webhook
from meridian.work.channels.models.references import Person, WorkItem
from meridian.work.channels.queries.threads import HOUSE
from meridian.work.notifications.events import PeopleTold


def write_letters(event: PeopleTold) -> None:
    """Write to everybody who asked for the item or follows it what they are told."""
    item = WorkItem.objects.filter(number=event.number).select_related("team").first()
    for person in Person.objects.filter(pk__in=event.people).order_by("pk"):
        draft = Draft(
            Letter(event.kind),
            person,
            f"{event.item}.{event.sequence}.{person.pk}",
            item=item,
            title=event.title,
            words=event.words,
        )
        write_mail(actor=HOUSE, draft=draft)


def tell_webhooks(event: Any) -> None:
    """Queue what is told to the systems that asked for such events."""
    name = name_of(type(event))
    webhooks = Webhook.objects.filter(is_active=True, events__contains=[name]).order_by("pk")
    if not webhooks:
        return
    item = WorkItem.objects.filter(pk=event.item).values("number", "kind", "state", "priority").first()
    body = {"event": name, **to_jsonable_python(asdict(event)), "about": item}
    for webhook in webhooks:
        occasion = f"{name}.{event.item}.{event.sequence}"
        queue_delivery(actor=HOUSE, webhook=webhook, event=name, occasion=occasion, body=body)
