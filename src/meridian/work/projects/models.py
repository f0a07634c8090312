"""The tables of projects."""

from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField
from meridian.work.projects.rules.states import NINETY_DAYS


class Project(Record):
    """Work with a beginning and an end, kept by a unit. The last day counts."""

    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        NINETY_DAYS = "ninety_days", _("Ninety-day initiative")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_PROGRESS = "in_progress", _("In progress")
        ON_HOLD = "on_hold", _("On hold")
        FINISHED = "finished", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    purpose = TranslatedField(_("purpose"), blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="projects"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PROJECT)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PLANNED, editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_it_starts",
                violation_error_message=_("The last day can't lie before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="ninety_days")
                | Q(ends_on__lt=F("starts_on") + timedelta(days=NINETY_DAYS)),
                name="project_ninety_days",
                violation_error_message=_(
                    "A ninety-day initiative lasts 90 days at most: choose an earlier last day"
                    " or make it a project."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class Task(Record):
    """A piece of the work breakdown, or a milestone; `code` is its place in it, such as 2.1.

    Planned days and budget are the plan; once a baseline is frozen they change by decision only.
    """

    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"), related_name="tasks")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of"), related_name="parts"
    )
    code = models.CharField(_("code"), max_length=20)
    name = TranslatedField(_("name"))
    is_milestone = models.BooleanField(_("milestone"), default=False)
    starts_on = models.DateField(_("planned first day"))
    ends_on = models.DateField(_("planned last day"))
    budget_usd = models.DecimalField(_("budget (USD)"), max_digits=15, decimal_places=2, default=Decimal(0))
    percent_done = models.DecimalField(_("done (%)"), max_digits=5, decimal_places=2, default=Decimal(0))
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    spent_usd = models.DecimalField(_("spent (USD)"), max_digits=15, decimal_places=2, default=Decimal(0))

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = (
            models.UniqueConstraint(
                fields=("project", "code"),
                name="task_code_once",
                violation_error_message=_("The project already has a task with this code."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="task_ends_after_it_starts",
                violation_error_message=_("The last day can't lie before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(is_milestone=False) | Q(ends_on=F("starts_on")),
                name="task_milestone_one_day",
                violation_error_message=_("A milestone is one day: first and last day are the same."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(began_on__isnull=False) & Q(ended_on__gte=F("began_on")),
                name="task_ended_after_it_began",
                violation_error_message=_(
                    "A task that ended has begun before, on the same day at the latest."
                ),
            ),
            models.CheckConstraint(
                condition=Q(percent_done__gte=0) & Q(percent_done__lte=100),
                name="task_percent",
                violation_error_message=_("Between 0 and 100 per cent can be done."),
            ),
            models.CheckConstraint(
                condition=Q(budget_usd__gte=0) & Q(spent_usd__gte=0),
                name="task_money",
                violation_error_message=_("Budget and spending can't be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Dependency(Record):
    """`successor` begins `lag_days` after `predecessor` has ended, at the earliest."""

    predecessor = models.ForeignKey(
        Task, models.CASCADE, verbose_name=_("first this"), related_name="followers"
    )
    successor = models.ForeignKey(
        Task, models.CASCADE, verbose_name=_("then this"), related_name="predecessors"
    )
    lag_days = models.PositiveSmallIntegerField(_("days between"), default=0)

    class Meta:
        verbose_name = _("task dependency")
        verbose_name_plural = _("task dependencies")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="task_dependency_once",
                violation_error_message=_("This dependency exists already."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="task_dependency_not_itself",
                violation_error_message=_("A task can't wait for itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor.code} → {self.successor.code}"


class Change(Record):
    """A change of the plan that somebody asks for and somebody decides."""

    class State(models.TextChoices):
        NEW = "new", _("Asked for")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"), related_name="changes")
    title = models.CharField(_("title"), max_length=200)
    reasons = models.TextField(_("reasons"))
    effect_days = models.IntegerField(_("effect on the end (days)"), default=0)
    effect_usd = models.DecimalField(
        _("effect on cost (USD)"), max_digits=15, decimal_places=2, default=Decimal(0)
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW, editable=False)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True, editable=False)
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="new", decided_on__isnull=True)
                | ~Q(state="new") & Q(decided_on__isnull=False),
                name="change_decided",
                violation_error_message=_("A decided change has a day of decision."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Baseline(AppendedRecord):
    """The plan as it was frozen: the first without more, each later one by an accepted change."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"), related_name="baselines")
    number = models.PositiveSmallIntegerField(_("number"))
    change = models.OneToOneField(
        Change,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("change request"),
        related_name="baseline",
    )
    frozen_on = models.DateField(_("frozen on"))

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        constraints = (
            models.UniqueConstraint(
                fields=("project", "number"),
                name="baseline_once",
                violation_error_message=_("The project already has a baseline of this number."),
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(change__isnull=False),
                name="baseline_needs_change",
                violation_error_message=_("Only the first baseline does without an accepted change."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Baseline %(number)d") % {"number": self.number})


class BaselineTask(AppendedRecord):
    """A task as a baseline froze it."""

    id = models.BigAutoField(primary_key=True)
    baseline = models.ForeignKey(Baseline, models.CASCADE, verbose_name=_("baseline"), related_name="tasks")
    code = models.CharField(_("code"), max_length=20)
    name = TranslatedField(_("name"))
    is_milestone = models.BooleanField(_("milestone"), default=False)
    is_leaf = models.BooleanField(_("without parts"), default=True)
    starts_on = models.DateField(_("planned first day"))
    ends_on = models.DateField(_("planned last day"))
    budget_usd = models.DecimalField(_("budget (USD)"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = _("baseline task")
        verbose_name_plural = _("baseline tasks")
        constraints = (models.UniqueConstraint(fields=("baseline", "code"), name="baseline_task_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Risk(Record):
    """What may go wrong, how likely and how bad (1 to 5 each), and what is done about it."""

    class Response(models.TextChoices):
        AVOID = "avoid", _("Avoid")
        REDUCE = "reduce", _("Reduce")
        TRANSFER = "transfer", _("Transfer")
        ACCEPT = "accept", _("Accept")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a risk", "Open")
        HAPPENED = "happened", _("Happened")
        CLOSED = "closed", _("Closed")

    project = models.ForeignKey(Project, models.CASCADE, verbose_name=_("project"), related_name="risks")
    title = TranslatedField(_("title"))
    likelihood = models.PositiveSmallIntegerField(_("likelihood (1 to 5)"))
    impact = models.PositiveSmallIntegerField(_("impact (1 to 5)"))
    response = models.CharField(_("response"), max_length=8, choices=Response, default=Response.REDUCE)
    measures = models.TextField(_("measures"), blank=True)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("project risk")
        verbose_name_plural = _("project risks")
        constraints = (
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
                name="project_risk_scale",
                violation_error_message=_("Likelihood and impact go from 1 to 5."),
            ),
        )

    def __str__(self) -> str:
        return str(self.title)
