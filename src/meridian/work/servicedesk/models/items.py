"""Work items. State, counters and clocks are folds of the event log, kept here to be listed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.work.items.facade import Item, ItemLink, ItemMerge, ItemNumber, ItemPresence, ItemWatcher
from meridian.work.servicedesk.contracts import OPEN_STATES, Channel, Kind, State
from meridian.work.servicedesk.rules import MACHINE, Folded

# The stubs know a condition for none, though the database takes it as one.
_IS_OPEN: Any = models.Q(state__in=OPEN_STATES)


# What the lists of items are filtered by, and by which somebody sees them.
FILTERED = ("kind", "state", "channel", "priority", "team", "category", "requester", "opened_at")


class WorkItem(Item):
    """An incident or a service request.

    Impact and urgency run from 1 (most) to 4 (least), priority from 1 to 5. All instants
    are UTC. `event_count` is the number of the last event.
    """

    folded = Folded
    machine = MACHINE

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    is_open = models.GeneratedField(
        expression=_IS_OPEN,
        output_field=models.BooleanField(_("open")),
        db_persist=True,
    )
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
    concerns = models.ForeignKey(
        "configuration.ConfigurationItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("concerns"),
        related_name="work_items",
        db_index=False,
    )
    # What an item of an earlier desk concerns, in the words of that desk.
    configuration_item = models.CharField(
        _("concerns, in words of an earlier desk"), max_length=120, blank=True
    )
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
    due_at = models.DateTimeField(_("due"))
    responded_at = models.DateTimeField(_("first response"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolution = models.CharField(_("solution"), max_length=40, blank=True)
    reassigned_count = models.PositiveSmallIntegerField(_("times reassigned"), default=0)

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        indexes = (
            # Lists are sorted along these three and filtered by what they bear: only rows shown are read.
            models.Index(fields=("-updated_at", "-id"), name="item_updated", include=(*FILTERED, "due_at")),
            models.Index(fields=("due_at", "id"), name="item_due", include=FILTERED),
            models.Index(fields=("number", "id"), name="item_numbered", include=(*FILTERED, "due_at")),
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
            models.Index(fields=("opened_at",), name="item_opened"),
            models.Index(fields=("channel",), name="item_channel"),
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
                fields=("concerns", "-updated_at", "-id"),
                name="item_concerns",
                condition=models.Q(concerns__isnull=False),
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

    def is_had_by(self, person_id: int | None) -> bool:
        """Whether this person has the item already."""
        return person_id is not None and self.assignee_id == person_id


class Number(ItemNumber):
    item = models.ForeignKey(WorkItem, models.CASCADE, verbose_name=_("work item"), related_name="numbers")

    class Meta:
        verbose_name = _("further number")
        verbose_name_plural = _("further numbers")


class Watcher(ItemWatcher):
    item = models.ForeignKey(WorkItem, models.CASCADE, verbose_name=_("work item"), related_name="watchers")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="watched_items"
    )

    class Meta(ItemWatcher.Meta):
        verbose_name = _("watcher")
        verbose_name_plural = _("watchers")


class Link(ItemLink):
    source = models.ForeignKey(
        WorkItem,
        models.CASCADE,
        verbose_name=pgettext_lazy("where a link starts", "from"),
        related_name="links_out",
    )
    target = models.ForeignKey(WorkItem, models.CASCADE, verbose_name=_("to"), related_name="links_in")

    class Meta(ItemLink.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")


class Merge(ItemMerge):
    target = models.ForeignKey(WorkItem, models.PROTECT, verbose_name=_("into"), related_name="merges_in")
    source = models.ForeignKey(
        WorkItem, models.PROTECT, verbose_name=_("merged item"), related_name="merges_out"
    )

    class Meta(ItemMerge.Meta):
        verbose_name = _("merge")
        verbose_name_plural = _("merges")


class Presence(ItemPresence):
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="presences")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="presences")

    class Meta(ItemPresence.Meta):
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
