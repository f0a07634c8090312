"""What the tables of every kind of item have in common.

A module makes a table of each, with references that bear these names, and the rest follows from its
item: `item.events`, `item.messages`, `item.numbers`, `item.watchers`, `item.links_out`,
`item.merges_out` and `item.presences` are the tables that belong to it.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.work.items.contracts.machine import Machine


class Item(Record):
    """A piece of work whose columns are folded from its events; it is never removed.

    A module adds `state` (with its choices), `is_open` (generated from it) and its own columns, and
    says how they fold and how items move.
    """

    # A subclass of `Folded`.
    folded: ClassVar[Any]
    machine: ClassVar[Machine]

    number = models.CharField(_("number"), max_length=20, editable=False)
    title = models.CharField(_("subject"), max_length=200)
    language = models.CharField(_("language"), max_length=8, default="en")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("merged into"),
        related_name="merged_items",
        db_index=False,
    )
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last event"))
    reopened_count = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    event_count = models.PositiveIntegerField(_("events"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ItemEvent(AppendedRecord):
    """Something that happened to an `item`, by an `actor`, of a `type`: the three a module declares.

    `at` is when it happened, `recorded_at` when Meridian learned of it (both UTC). `data` holds what
    changed, `{"team": [before, after]}` with ids, and facts of the type.
    """

    id = models.BigAutoField(primary_key=True)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.item_id}.{self.sequence} {self.type}"  # type: ignore[attr-defined]


class ItemMessage(AppendedRecord):
    """Words said with an `event` of an `item`, in the language in which they were said."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("requester sees it")
        INTERNAL = "internal", _("desk only")

    id = models.BigAutoField(primary_key=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(max_length=8, default="en")
    text = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text[:80]


class ItemNumber(Record):
    """A further number by which an `item` is known for ever: from before an import or a merge."""

    alias = models.CharField(_("number"), max_length=60, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.alias


class ItemWatcher(Record):
    """A `person` who wants to be told what happens to an `item`."""

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"),
                name="%(class)s_once",
                violation_error_message=_("This person already follows the item."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.item_id}"  # type: ignore[attr-defined]


class ItemLink(Record):
    """How one item (`source`) stands to another (`target`)."""

    class Type(models.TextChoices):
        PARENT = "parent", _("is parent of")
        DUPLICATE = "duplicate", _("duplicates")
        RELATED = "related", _("is related to")
        BLOCKS = "blocks", _("blocks")
        CAUSED = "caused", _("caused")

    type = models.CharField(_("type"), max_length=10, choices=Type)

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=("source", "target", "type"),
                name="%(class)s_once",
                violation_error_message=_("These two items are linked in this way already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="%(class)s_to_another",
                violation_error_message=_("An item can't be linked to itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.type} {self.target_id}"  # type: ignore[attr-defined]


class ItemMerge(Record):
    """A merge of a `source` into a `target`, kept so that it can be undone: the source as it was before."""

    before = models.JSONField(_("before"), default=dict)
    merged_at = models.DateTimeField(_("merged"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=("source",),
                condition=models.Q(undone_at__isnull=True),
                name="%(class)s_once",
                violation_error_message=_("This item is already merged into another."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"  # type: ignore[attr-defined]


class ItemPresence(models.Model):
    """When a `person` last had an `item` open, and how many of its events they were shown.

    No record of the work, so outside of the trail; forgotten after `SEEN_FOR`.
    """

    seen_at = models.DateTimeField()
    writes = models.BooleanField(default=False)
    seen_events = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True
        constraints = (models.UniqueConstraint(fields=("item", "person"), name="%(class)s_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id}"  # type: ignore[attr-defined]
