"""Yearly budget lines, as they stand before their depth is built on the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Fund(models.TextChoices):
    REGULAR_BUDGET = "regular_budget", _("Regular budget")
    PEACEKEEPING_SUPPORT_ACCOUNT = "peacekeeping_support_account", _("Peacekeeping support account")
    PEACEKEEPING = "peacekeeping", _("Peacekeeping missions")
    EXTRABUDGETARY = "extrabudgetary", _("Extrabudgetary")


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


class YearlyLine(Record):
    """What a unit may spend on ICT in a year, from one fund, for one function and activity."""

    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="yearly_budget_lines"
    )
    fund = models.CharField(_("fund"), max_length=30, choices=Fund)
    function = models.CharField(_("function"), max_length=30, choices=Function)
    activity = models.CharField(_("activity"), max_length=30, choices=Activity, default=Activity.OTHER)
    amount_usd = models.DecimalField(_("amount (USD)"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = _("yearly budget line")
        verbose_name_plural = _("yearly budget lines")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "unit", "fund", "function", "activity"),
                name="yearly_line_once",
                violation_error_message=_(
                    "The unit already has a line of this year, fund, function and activity."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} · {self.unit} · {self.get_fund_display()}"
