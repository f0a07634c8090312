"""Budget lines: what a unit may spend from a fund, with the columns of change."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.steering.budgets.models.versions import BudgetVersion


class Fund(models.TextChoices):
    REGULAR_BUDGET = "regular_budget", _("Regular budget")
    PEACEKEEPING_SUPPORT_ACCOUNT = "peacekeeping_support_account", _("Peacekeeping support account")
    PEACEKEEPING = "peacekeeping", _("Peacekeeping missions")
    EXTRABUDGETARY = "extrabudgetary", _("Extrabudgetary")
    OTHER_ASSESSED = "other_assessed", _("Other assessed")


class Function(models.TextChoices):
    MANAGEMENT = "management_and_administration", _("Management and administration")
    SOLUTION_DELIVERY = "solution_delivery", _("Solution delivery")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")


class Activity(models.TextChoices):
    SERVICE_DESK_LABOUR = "service_desk_labour", _("Service desks, labour")
    SERVICE_DESK_EQUIPMENT = "service_desk_equipment", _("Service desks, equipment")
    DATA_CENTRE_LABOUR = "data_centre_labour", _("Data centres, labour")
    DATA_CENTRE_EQUIPMENT = "data_centre_equipment", _("Data centres, equipment")
    OTHER = "other", _("Other")


CHANGES = ("technical_usd", "mandates_usd", "other_usd")
EFFECTS = ("inflation_usd", "exchange_usd", "vacancy_usd")


def _usd(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=18, decimal_places=2, default=0)


def _sum_of(label: Any, *columns: str) -> models.GeneratedField:
    """A column that the database itself keeps equal to the sum of others."""
    first, *others = columns
    expression: Any = F(first)
    for column in others:
        expression = expression + F(column)
    return models.GeneratedField(
        expression=expression,
        output_field=models.DecimalField(max_digits=18, decimal_places=2),
        db_persist=True,
        verbose_name=label,
    )


def _dimension(label: Any, axis: str) -> models.ForeignKey:
    return models.ForeignKey(
        "ledger.DimensionValue",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=label,
        related_name="+",
        limit_choices_to={"axis": axis},
    )


class BudgetLine(Record):
    """A line of a version: base, changes with their reason, recosting by its effects, estimate.

    The sums are columns that the database computes, so no write can break the identities
    change = technical + mandates + other, before recosting = base + change,
    recosting = inflation + exchange + vacancy, estimate = before recosting + recosting.
    """

    budget_version = models.ForeignKey(
        BudgetVersion, models.PROTECT, verbose_name=_("budget version"), related_name="lines"
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="budget_lines"
    )
    fund = models.CharField(_("fund"), max_length=30, choices=Fund)
    function = models.CharField(_("function"), max_length=30, choices=Function, default=Function.MANAGEMENT)
    activity = models.CharField(_("activity"), max_length=30, choices=Activity, default=Activity.OTHER)
    object = _dimension(_("object of expenditure"), "object")
    component = _dimension(_("component"), "component")
    project = _dimension(_("project"), "project")
    base_usd = _usd(_("base (USD)"))
    technical_usd = _usd(_("technical adjustments (USD)"))
    mandates_usd = _usd(_("new or expanded mandates (USD)"))
    other_usd = _usd(_("other changes (USD)"))
    change_reason = models.CharField(_("reason for the changes"), max_length=500, blank=True)
    change_usd = _sum_of(_("total change (USD)"), *CHANGES)
    before_recosting_usd = _sum_of(_("estimate before recosting (USD)"), "base_usd", *CHANGES)
    inflation_usd = _usd(_("recosting, inflation (USD)"))
    exchange_usd = _usd(_("recosting, exchange rates (USD)"))
    vacancy_usd = _usd(_("recosting, vacancy (USD)"))
    recosting_usd = _sum_of(_("recosting (USD)"), *EFFECTS)
    estimate_usd = _sum_of(_("estimate (USD)"), "base_usd", *CHANGES, *EFFECTS)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = (
            models.UniqueConstraint(
                fields=(
                    *("budget_version", "unit", "fund", "function", "activity"),
                    *("object", "component", "project"),
                ),
                name="budget_line_once",
                nulls_distinct=False,
                violation_error_message=_("The version already has a line with these dimensions."),
            ),
            models.CheckConstraint(
                condition=Q(technical_usd=0, mandates_usd=0, other_usd=0) | ~Q(change_reason=""),
                name="budget_change_has_reason",
                violation_error_message=_("Say why the amount changes: a change needs its reason."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget_version} · {self.unit} · {self.get_fund_display()}"
