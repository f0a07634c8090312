"""Calls to other systems, for what happens at the desk."""

from dataclasses import asdict
from typing import Any

from pydantic_core import to_jsonable_python

from meridian.engine.events import name_of
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.webhooks.commands.keeping import HOUSE, queue_delivery
from meridian.work.webhooks.models import Webhook


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
