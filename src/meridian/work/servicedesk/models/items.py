"""Work items. State, counters and clocks are folds of the event log, kept here to be listed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.records import Record
from meridian.work.servicedesk.contracts import OPEN_STATES, Channel, Kind, State

# The stubs know a condition for none, though the database takes it as one.
_IS_OPEN: Any = models.Q(state__in=OPEN_STATES)


class WorkItem(Record):
    """An incident or a service request.

    Impact and urgency run from 1 (most) to 4 (least), priority from 1 to 5. All instants
    are UTC. `event_count` is the number of the last event.
    """

    number = models.CharField(_("number"), max_length=20, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    is_open = models.GeneratedField(
        expression=_IS_OPEN,
        output_field=models.BooleanField(_("open")),
        db_persist=True,
    )
    title = models.CharField(_("subject"), max_length=200)
    language = models.CharField(_("language"), max_length=8, default="en")
    requester = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        verbose_name=_("requester"),
        related_name="requested_items",
        db_index=False,
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.PORTAL)
    site = models.ForeignKey(
        "places.Site",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("site"),
        related_name="work_items",
    )
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team"),
        related_name="work_items",
        db_index=False,
    )
    assignee = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("assignee"),
        related_name="assigned_items",
        db_index=False,
    )
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("category"),
        related_name="work_items",
    )
    configuration_item = models.CharField(_("configuration item"), max_length=120, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact"), default=3)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=3)
    priority = models.PositiveSmallIntegerField(_("priority"), default=4)
    priority_reason = models.CharField(_("reason for another priority"), max_length=200, blank=True)
    hold_reason = models.ForeignKey(
        "servicedesk.HoldReason",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("waits for"),
        related_name="work_items",
        db_index=False,
    )
    hold_until = models.DateTimeField(_("on hold until"), null=True, blank=True)
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
    due_at = models.DateTimeField(_("due"))
    responded_at = models.DateTimeField(_("first response"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last event"))
    resolution = models.CharField(_("solution"), max_length=40, blank=True)
    reopened_count = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    reassigned_count = models.PositiveSmallIntegerField(_("times reassigned"), default=0)
    event_count = models.PositiveIntegerField(_("events"), default=0)

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        indexes = (
            models.Index(fields=("-updated_at", "-id"), name="item_updated"),
            models.Index(
                fields=("team", "priority", "due_at", "id"),
                name="item_team_open",
                condition=models.Q(is_open=True),
            ),
            models.Index(
                fields=("assignee", "priority", "due_at", "id"),
                name="item_assignee_open",
                condition=models.Q(is_open=True),
            ),
            models.Index(
                fields=("priority", "due_at", "id"), name="item_open", condition=models.Q(is_open=True)
            ),
            models.Index(fields=("requester", "-updated_at", "-id"), name="item_requester"),
            models.Index(fields=("team", "-updated_at", "-id"), name="item_team"),
            models.Index(fields=("state", "-updated_at", "-id"), name="item_state"),
            models.Index(fields=("priority", "-updated_at", "-id"), name="item_priority"),
            models.Index(
                fields=("assignee", "-updated_at", "-id"),
                name="item_assignee",
                condition=models.Q(assignee__isnull=False),
            ),
            models.Index(
                fields=("hold_until", "id"),
                name="item_hold_until",
                condition=models.Q(hold_until__isnull=False),
            ),
            models.Index(
                fields=("merged_into",), name="item_merged", condition=models.Q(merged_into__isnull=False)
            ),
        )
        constraints = (
            # A constraint, for `unique` would keep a second index for patterns.
            models.UniqueConstraint(
                fields=("number",),
                name="item_number",
                violation_error_message=_("Another item has this number already."),
            ),
            models.CheckConstraint(
                condition=models.Q(impact__range=(1, 4), urgency__range=(1, 4), priority__range=(1, 5)),
                name="item_priority_in_range",
                violation_error_message=_("Impact and urgency run from 1 to 4, priority from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.ON_HOLD) | models.Q(hold_reason__isnull=False),
                name="item_hold_has_reason",
                violation_error_message=_("An item on hold needs a reason: choose what it waits for."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Number(Record):
    """A further number by which an item is known for ever: from before an import or a merge."""

    alias = models.CharField(_("number"), max_length=60, unique=True)
    item = models.ForeignKey(WorkItem, models.CASCADE, verbose_name=_("work item"), related_name="numbers")

    class Meta:
        verbose_name = _("further number")
        verbose_name_plural = _("further numbers")

    def __str__(self) -> str:
        return self.alias


class Watcher(Record):
    """Somebody who wants to be told what happens to an item."""

    item = models.ForeignKey(WorkItem, models.CASCADE, verbose_name=_("work item"), related_name="watchers")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="watched_items"
    )

    class Meta:
        verbose_name = _("watcher")
        verbose_name_plural = _("watchers")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"),
                name="watcher_once",
                violation_error_message=_("This person already follows the item."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.item_id}"


class Link(Record):
    """How one item stands to another."""

    class Type(models.TextChoices):
        PARENT = "parent", _("is parent of")
        DUPLICATE = "duplicate", _("duplicates")
        RELATED = "related", _("is related to")
        BLOCKS = "blocks", _("blocks")
        CAUSED = "caused", _("caused")

    source = models.ForeignKey(
        WorkItem,
        models.CASCADE,
        verbose_name=pgettext_lazy("where a link starts", "from"),
        related_name="links_out",
    )
    target = models.ForeignKey(WorkItem, models.CASCADE, verbose_name=_("to"), related_name="links_in")
    type = models.CharField(_("type"), max_length=10, choices=Type)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "target", "type"),
                name="link_once",
                violation_error_message=_("These two items are linked in this way already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="link_to_another",
                violation_error_message=_("An item can't be linked to itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.type} {self.target_id}"


class Merge(Record):
    """A merge, kept so that it can be undone: the source's state as it was before."""

    target = models.ForeignKey(WorkItem, models.PROTECT, verbose_name=_("into"), related_name="merges_in")
    source = models.ForeignKey(
        WorkItem, models.PROTECT, verbose_name=_("merged item"), related_name="merges_out"
    )
    before = models.JSONField(_("before"), default=dict)
    merged_at = models.DateTimeField(_("merged"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = (
            models.UniqueConstraint(
                fields=("source",),
                condition=models.Q(undone_at__isnull=True),
                name="merge_once",
                violation_error_message=_("This item is already merged into another."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Presence(models.Model):
    """Who looks at an item right now. No record of the work, so outside of the trail."""

    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="presences")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="presences")
    seen_at = models.DateTimeField()
    writes = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = (models.UniqueConstraint(fields=("item", "person"), name="presence_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} · {self.item_id}"
