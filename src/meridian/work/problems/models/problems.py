"""Problems, and the tables that every kind of item has."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.records import Record
from meridian.work.items.facade import (
    Item,
    ItemEvent,
    ItemLink,
    ItemMerge,
    ItemMessage,
    ItemNumber,
    ItemPresence,
    ItemWatcher,
)
from meridian.work.problems.contracts import OPEN_STATES, EventType, Method, Origin, ProblemEnd, State
from meridian.work.problems.rules import MACHINE, Folded

# The stubs know a condition for none, though the database takes it as one.
_IS_OPEN: Any = models.Q(state__in=OPEN_STATES)


class Problem(Item):
    """The cause, or possible cause, of one or more incidents."""

    folded = Folded
    machine = MACHINE

    state = models.CharField(_("state"), max_length=14, choices=State, default=State.LOGGED)
    is_open = models.GeneratedField(
        expression=_IS_OPEN, output_field=models.BooleanField(_("open")), db_persist=True
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.REACTIVE)
    team = models.ForeignKey(
        "servicedesk.Team", models.PROTECT, verbose_name=_("team"), related_name="problems"
    )
    assignee = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("problem manager"),
        related_name="problems",
    )
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("category"),
        related_name="problems",
    )
    concerns = models.ForeignKey(
        "configuration.ConfigurationItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("concerns"),
        related_name="problems",
    )
    priority = models.PositiveSmallIntegerField(_("priority"), default=3)
    method = models.CharField(_("method of analysis"), max_length=16, choices=Method, blank=True)
    root_cause = models.TextField(_("root cause"), max_length=4_000, blank=True)
    cause_known_at = models.DateTimeField(_("cause known"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolution = models.CharField(_("how it ended"), max_length=12, choices=ProblemEnd, blank=True)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="problem_number",
                violation_error_message=_("Another problem has this number already."),
            ),
            models.CheckConstraint(
                condition=models.Q(priority__range=(1, 5)),
                name="problem_priority_in_range",
                violation_error_message=_("Priority runs from 1 (most) to 5 (least)."),
            ),
        )
        indexes = (
            models.Index(fields=("priority", "id"), name="problem_open", condition=models.Q(is_open=True)),
        )


class ProblemEvent(ItemEvent):
    """Something that happened to a problem."""

    item = models.ForeignKey(Problem, models.PROTECT, related_name="events", db_index=False)
    actor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    type = models.CharField(max_length=12, choices=EventType)

    class Meta:
        verbose_name = _("event of a problem")
        verbose_name_plural = _("events of problems")
        constraints = (models.UniqueConstraint(fields=("item", "sequence"), name="problem_event_sequence"),)


class ProblemMessage(ItemMessage):
    """Words said about a problem."""

    event = models.OneToOneField(ProblemEvent, models.PROTECT, related_name="message")
    item = models.ForeignKey(Problem, models.PROTECT, related_name="messages")

    class Meta:
        verbose_name = _("word on a problem")
        verbose_name_plural = _("words on problems")


class ProblemNumber(ItemNumber):
    item = models.ForeignKey(Problem, models.CASCADE, verbose_name=_("problem"), related_name="numbers")

    class Meta:
        verbose_name = _("further number of a problem")
        verbose_name_plural = _("further numbers of problems")


class ProblemWatcher(ItemWatcher):
    item = models.ForeignKey(Problem, models.CASCADE, verbose_name=_("problem"), related_name="watchers")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="watched_problems"
    )

    class Meta(ItemWatcher.Meta):
        verbose_name = _("watcher of a problem")
        verbose_name_plural = _("watchers of problems")


class ProblemLink(ItemLink):
    source = models.ForeignKey(
        Problem,
        models.CASCADE,
        verbose_name=pgettext_lazy("where a link starts", "from"),
        related_name="links_out",
    )
    target = models.ForeignKey(Problem, models.CASCADE, verbose_name=_("to"), related_name="links_in")

    class Meta(ItemLink.Meta):
        verbose_name = _("link of problems")
        verbose_name_plural = _("links of problems")


class ProblemMerge(ItemMerge):
    target = models.ForeignKey(Problem, models.PROTECT, verbose_name=_("into"), related_name="merges_in")
    source = models.ForeignKey(
        Problem, models.PROTECT, verbose_name=_("merged problem"), related_name="merges_out"
    )

    class Meta(ItemMerge.Meta):
        verbose_name = _("merge of problems")
        verbose_name_plural = _("merges of problems")


class ProblemPresence(ItemPresence):
    item = models.ForeignKey(Problem, models.CASCADE, related_name="presences")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    class Meta(ItemPresence.Meta):
        verbose_name = _("presence at a problem")
        verbose_name_plural = _("presences at problems")


class AttachedIncident(Record):
    """An incident that the problem caused."""

    problem = models.ForeignKey(
        Problem, models.CASCADE, verbose_name=_("problem"), related_name="attached_incidents"
    )
    incident = models.ForeignKey(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("incident"), related_name="attached_problems"
    )

    class Meta:
        verbose_name = _("incident of a problem")
        verbose_name_plural = _("incidents of problems")
        constraints = (
            models.UniqueConstraint(
                fields=("problem", "incident"),
                name="attached_incident_once",
                violation_error_message=_("This incident is attached to the problem already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.problem_id} · {self.incident_id}"
