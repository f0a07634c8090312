"""Plans as they are kept: frozen dataset, scenario, run, solution, check, decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record


class PlanKind(models.TextChoices):
    SITES = "sites", _("Sites")
    PLACEMENT = "placement", _("Placement")
    WAVES = "waves", _("Waves")
    SCHEDULE = "schedule", _("Schedule")
    DESKS = "desks", _("Desks")


class PlanningDataset(AppendedRecord):
    """The facts that plans are made from, frozen: written once and known by the hash of its content."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="planning_datasets"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PlanKind)
    content = models.JSONField(_("content"))
    content_hash = models.CharField(_("hash"), max_length=64, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), db_default=models.functions.Now(), editable=False)

    class Meta:
        verbose_name = _("planning dataset")
        verbose_name_plural = _("planning datasets")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="planning_dataset_hash",
                violation_error_message=_("The hash of a dataset has 64 hexadecimal digits."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Scenario(Record):
    """A question asked of a dataset: what it overrides, on top of what its parent overrides."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    dataset = models.ForeignKey(
        PlanningDataset, models.PROTECT, verbose_name=_("planning dataset"), related_name="scenarios"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("parent"), related_name="children"
    )

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="scenario_not_its_own_parent",
                violation_error_message=_("A scenario can't be its own parent."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Override(Record):
    """One value that a scenario sets otherwise: the place in the dataset, and the value there."""

    scenario = models.ForeignKey(
        Scenario, models.CASCADE, verbose_name=_("scenario"), related_name="overrides"
    )
    place = models.CharField(_("place"), max_length=200, help_text=_("Such as sites/Geneva/capacity_kw"))
    value = models.JSONField(_("value"))

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        constraints = (
            models.UniqueConstraint(
                fields=("scenario", "place"),
                name="override_once",
                violation_error_message=_("The scenario already sets this place."),
            ),
        )

    def __str__(self) -> str:
        return self.place


class SolveRun(Record):
    """One run of a model over a scenario: with which version, seed and limits, and what came of it."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        PROVEN = "proven", _("Proven")
        FEASIBLE = "feasible", _("Feasible")
        INFEASIBLE = "infeasible", _("Infeasible")
        FAILED = "failed", _("Failed")

    scenario = models.ForeignKey(Scenario, models.PROTECT, verbose_name=_("scenario"), related_name="runs")
    model = models.CharField(_("model"), max_length=60)
    model_version = models.CharField(_("version of the model"), max_length=40)
    seed = models.IntegerField(_("seed"), default=1)
    limit_seconds = models.DecimalField(_("limit (s)"), max_digits=9, decimal_places=3)
    limit_steps = models.PositiveBigIntegerField(_("limit (steps)"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.QUEUED, editable=False
    )
    objective = models.DecimalField(
        _("objective"), max_digits=24, decimal_places=6, null=True, blank=True, editable=False
    )
    bound = models.DecimalField(
        _("bound"), max_digits=24, decimal_places=6, null=True, blank=True, editable=False
    )
    gap = models.DecimalField(
        _("gap"), max_digits=18, decimal_places=6, null=True, blank=True, editable=False
    )
    seconds = models.DecimalField(
        _("seconds"), max_digits=12, decimal_places=3, null=True, blank=True, editable=False
    )
    fault = models.TextField(_("fault"), blank=True, editable=False)

    class Meta:
        verbose_name = _("solver run")
        verbose_name_plural = _("solver runs")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(limit_seconds__gt=0),
                name="solve_run_has_time",
                violation_error_message=_("A run needs a limit above 0 s."),
            ),
            models.CheckConstraint(
                condition=models.Q(bound__isnull=True)
                | models.Q(objective__isnull=True)
                | models.Q(bound__lte=models.F("objective")),
                name="solve_run_bound_below",
                violation_error_message=_("A bound can't be above the objective that it bounds."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} · {self.model} {self.model_version}"


class Solution(AppendedRecord):
    """A plan that a run found, as it was found; later ones of a run are better."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(SolveRun, models.PROTECT, verbose_name=_("solver run"), related_name="solutions")
    sequence = models.PositiveIntegerField(_("sequence"))
    objective = models.DecimalField(_("objective"), max_digits=24, decimal_places=6)
    content = models.JSONField(_("content"))
    found_at = models.DateTimeField(_("found at"), db_default=models.functions.Now(), editable=False)

    class Meta:
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        constraints = (
            models.UniqueConstraint(
                fields=("run", "sequence"),
                name="solution_sequence",
                violation_error_message=_("The run already has a solution of this number."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.run_id}.{self.sequence}"


class Check(AppendedRecord):
    """What an independent checker found in a solution: never the solver's own sums."""

    id = models.BigAutoField(primary_key=True)
    solution = models.ForeignKey(Solution, models.PROTECT, verbose_name=_("solution"), related_name="checks")
    checker = models.CharField(_("checker"), max_length=60)
    checker_version = models.CharField(_("version of the checker"), max_length=40)
    passed = models.BooleanField(_("passed"))
    objective = models.DecimalField(_("objective"), max_digits=24, decimal_places=6, null=True, blank=True)
    breaches = models.JSONField(_("breaches"), default=list, blank=True)
    checked_at = models.DateTimeField(_("checked at"), db_default=models.functions.Now(), editable=False)

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")

    def __str__(self) -> str:
        return f"{self.solution} · {self.checker}"


class Decision(Record):
    """What a body decided on a checked solution."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DEFERRED = "deferred", _("Deferred")
        REFUSED = "refused", _("Refused")

    solution = models.ForeignKey(
        Solution, models.PROTECT, verbose_name=_("solution"), related_name="decisions"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    body = models.CharField(_("body"), max_length=120)
    meeting = models.CharField(_("meeting"), max_length=120, blank=True)
    paper = models.CharField(_("paper"), max_length=120, blank=True)
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("decision on a plan")
        verbose_name_plural = _("decisions on plans")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} · {self.solution}"
