"""The event log of work items: written once, never changed.

The references have no constraint of their own, so that millions of rows load in a fraction of
the time: items and events are never removed, which the database enforces, people who did
something are kept by the register, and a load checks what it brought in one statement.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.work.items.facade import ItemEvent, ItemMessage
from meridian.work.servicedesk.contracts import EventType


class WorkEvent(ItemEvent):
    """Something that happened to an incident or request."""

    # The unique constraint on item and sequence is the index of this reference.
    item = models.ForeignKey("servicedesk.WorkItem", models.PROTECT, related_name="events", db_index=False)
    actor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="work_events",
        db_index=False,
        db_constraint=False,
    )
    type = models.CharField(max_length=12, choices=EventType)

    class Meta:
        verbose_name = _("work event")
        verbose_name_plural = _("work events")
        constraints = (models.UniqueConstraint(fields=("item", "sequence"), name="work_event_sequence"),)


class Message(ItemMessage):
    """Words said about an incident or request."""

    event = models.OneToOneField(WorkEvent, models.PROTECT, related_name="message", db_constraint=False)
    item = models.ForeignKey(
        "servicedesk.WorkItem", models.PROTECT, related_name="messages", db_constraint=False
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
