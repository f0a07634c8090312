"""Changes, and the tables that every kind of item has."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.work.changes.contracts import OPEN_STATES, Kind, Level, Outcome, State
from meridian.work.changes.models.settings import ChangeModel
from meridian.work.changes.rules import MACHINE, Folded
from meridian.work.items.facade import Item

# The stubs know a condition for none, though the database takes it as one.
_IS_OPEN: Any = models.Q(state__in=OPEN_STATES)


class Change(Item):
    """Something that is added, altered or taken away and could touch services."""

    folded = Folded
    machine = MACHINE

    kind = models.CharField(_("type"), max_length=10, choices=Kind, default=Kind.NORMAL)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    is_open = models.GeneratedField(
        expression=_IS_OPEN, output_field=models.BooleanField(_("open")), db_persist=True
    )
    requester = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("asked by"), related_name="changes_asked"
    )
    model = models.ForeignKey(
        ChangeModel,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("from the model"),
        related_name="changes",
    )
    problem = models.ForeignKey(
        "problems.Problem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("fixes the problem"),
        related_name="changes",
    )
    team = models.ForeignKey(
        "servicedesk.Team", models.PROTECT, verbose_name=_("team"), related_name="changes"
    )
    assignee = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("implementer"),
        related_name="changes",
    )
    why = models.TextField(_("why"), max_length=4_000, blank=True)
    plan = models.TextField(_("plan"), max_length=8_000, blank=True)
    test_plan = models.TextField(_("how it is tested"), max_length=4_000, blank=True)
    backout_plan = models.TextField(_("how it is taken back"), max_length=4_000, blank=True)
    planned_from = models.DateTimeField(_("planned from"), null=True, blank=True)
    planned_until = models.DateTimeField(_("planned until"), null=True, blank=True)
    outage_minutes = models.PositiveIntegerField(_("expected outage (minutes)"), default=0)
    risk_score = models.PositiveSmallIntegerField(_("risk"), null=True, blank=True)
    risk_level = models.CharField(_("risk level"), max_length=10, choices=Level, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    authorised_at = models.DateTimeField(_("authorised"), null=True, blank=True)
    started_at = models.DateTimeField(_("implementation begun"), null=True, blank=True)
    completed_at = models.DateTimeField(_("implementation ended"), null=True, blank=True)
    review_due_at = models.DateTimeField(_("review due"), null=True, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                name="change_number",
                violation_error_message=_("Another change has this number already."),
            ),
            models.CheckConstraint(
                condition=models.Q(planned_until__isnull=True)
                | models.Q(planned_until__gt=models.F("planned_from")),
                name="change_window_ends_after_start",
                violation_error_message=_("A window ends after it begins: correct one of the two times."),
            ),
        )
        indexes = (
            models.Index(fields=("planned_from", "id"), name="change_planned"),
            models.Index(fields=("completed_at",), name="change_completed"),
        )


class ChangeThing(Record):
    """A thing that the change touches."""

    change = models.ForeignKey(Change, models.CASCADE, verbose_name=_("change"), related_name="things")
    concerns = models.ForeignKey(
        "configuration.ConfigurationItem", models.PROTECT, verbose_name=_("touches"), related_name="changes"
    )

    class Meta:
        verbose_name = _("thing that a change touches")
        verbose_name_plural = _("things that changes touch")
        constraints = (
            models.UniqueConstraint(
                fields=("change", "concerns"),
                name="change_thing_once",
                violation_error_message=_("The change touches this already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.change_id} · {self.concerns_id}"


class CausedIncident(Record):
    """An incident that a change caused."""

    change = models.ForeignKey(Change, models.PROTECT, verbose_name=_("change"), related_name="caused")
    incident = models.ForeignKey(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("incident"), related_name="caused_by"
    )

    class Meta:
        verbose_name = _("incident that a change caused")
        verbose_name_plural = _("incidents that changes caused")
        constraints = (
            models.UniqueConstraint(
                fields=("change", "incident"),
                name="caused_incident_once",
                violation_error_message=_("This incident is noted as caused by the change already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.change_id} → {self.incident_id}"


class SuppressionWindow(Record):
    """Between these instants alarms of what the change touches are expected: what monitoring reads."""

    change = models.OneToOneField(
        Change, models.CASCADE, verbose_name=_("change"), related_name="suppression"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("suppression window")
        verbose_name_plural = _("suppression windows")

    def __str__(self) -> str:
        return f"{self.change_id}"
