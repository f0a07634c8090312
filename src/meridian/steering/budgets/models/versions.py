"""Versions of a budget: a period at a stage of its way through the bodies."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Mod
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.kernel.period import FiscalKind, FiscalPeriod


class PeriodKind(models.TextChoices):
    YEAR = "year", _("Year")
    BIENNIUM = "biennium", _("Biennium")
    JULY_JUNE = "july_june", _("July to June")


FISCAL_KINDS = {
    PeriodKind.YEAR: FiscalKind.CALENDAR_YEAR,
    PeriodKind.BIENNIUM: FiscalKind.BIENNIUM,
    PeriodKind.JULY_JUNE: FiscalKind.JULY_JUNE,
}


class Stage(models.TextChoices):
    PROPOSAL = "proposal", _("Proposal")
    ADVISORY_BODY = "advisory_body", _("Advisory body")
    COMMITTEE = "committee", _("Committee")
    APPROVED = "approved", _("Approved")
    REVISED = "revised", _("Revised")
    PERFORMANCE = "performance", _("Performance report")


class Together(models.TextChoices):
    """How what several effects bring about together is shared between them."""

    ORDER = "order", _("in this order")
    SHAPLEY = "shapley", _("mean over all orders (Shapley)")


class BudgetVersion(Record):
    """The budget of a period as it stands at a stage; its lines may change until it is adopted."""

    period_kind = models.CharField(_("kind of period"), max_length=10, choices=PeriodKind)
    start_year = models.PositiveSmallIntegerField(_("first year"))
    stage = models.CharField(_("stage"), max_length=14, choices=Stage, default=Stage.PROPOSAL)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("based on"), related_name="followers"
    )
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("budget version")
        verbose_name_plural = _("budget versions")
        constraints = (
            models.UniqueConstraint(
                fields=("period_kind", "start_year", "stage"),
                name="budget_version_once",
                violation_error_message=_("There is already a version of this period at this stage."),
            ),
            models.CheckConstraint(
                condition=~Q(period_kind="biennium")
                | Q(start_year=models.F("start_year") - Mod("start_year", models.Value(2))),
                name="biennium_starts_in_even_year",
                violation_error_message=_("A biennium starts in an even year."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.period.label} · {self.get_stage_display()}"

    @property
    def period(self) -> FiscalPeriod:
        """The period as days: a year, two years from an even one, or July to June."""
        return FiscalPeriod(FISCAL_KINDS[PeriodKind(self.period_kind)], self.start_year)
