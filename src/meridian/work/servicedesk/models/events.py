"""The event log of work items: written once, never changed.

The references have no constraint of their own, so that millions of rows load in a fraction of
the time: items and events are never removed, which the database enforces, people who did
something are kept by the register, and a load checks what it brought in one statement.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord
from meridian.work.servicedesk.contracts import EventType


class WorkEvent(AppendedRecord):
    """Something that happened to an item.

    `at` is when it happened, `recorded_at` when Meridian learned of it (both UTC). `data`
    holds what changed, `{"team": [before, after]}` with ids, and facts of the type.
    """

    id = models.BigAutoField(primary_key=True)
    # The unique constraint on item and sequence is the index of this reference.
    item = models.ForeignKey("servicedesk.WorkItem", models.PROTECT, related_name="events", db_index=False)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    actor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="work_events",
        db_index=False,
        db_constraint=False,
    )
    type = models.CharField(max_length=12, choices=EventType)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("work event")
        verbose_name_plural = _("work events")
        constraints = (models.UniqueConstraint(fields=("item", "sequence"), name="work_event_sequence"),)

    def __str__(self) -> str:
        return f"{self.item_id}.{self.sequence} {self.type}"


class Message(AppendedRecord):
    """Words said about an item, in the language in which they were said."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("requester sees it")
        INTERNAL = "internal", _("desk only")

    id = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(WorkEvent, models.PROTECT, related_name="message", db_constraint=False)
    item = models.ForeignKey(
        "servicedesk.WorkItem", models.PROTECT, related_name="messages", db_constraint=False
    )
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(max_length=8, default="en")
    text = models.TextField()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.text[:80]
