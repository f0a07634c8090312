"""What posts cost by grade, and how many stand vacant by category, from a day on."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text
from meridian.engine.records import Record
from meridian.steering.staffing.models.posts import CATEGORIES

PERCENT = (MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100)))


class StandardCost(Record):
    """The yearly standard cost of a post of a grade."""

    grade = models.CharField(_("grade"), max_length=20)
    yearly_cost_usd = models.DecimalField(
        _("yearly cost (USD)"), max_digits=12, decimal_places=2, validators=(MinValueValidator(Decimal(0)),)
    )
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("standard cost")
        verbose_name_plural = _("standard costs")
        constraints = (
            models.UniqueConstraint(
                fields=("grade", "starts_on"),
                name="standard_cost_once",
                violation_error_message=_("The grade has a standard cost from that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.grade} · {day_text(self.starts_on)}"


class VacancyRate(Record):
    """How many per cent of the posts of a category stand vacant: continuing ones, and new ones."""

    category = models.CharField(_("category"), max_length=30, choices=CATEGORIES)
    continuing_percent = models.DecimalField(
        _("continuing posts (%)"), max_digits=5, decimal_places=2, validators=PERCENT
    )
    new_percent = models.DecimalField(_("new posts (%)"), max_digits=5, decimal_places=2, validators=PERCENT)
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("vacancy rate")
        verbose_name_plural = _("vacancy rates")
        constraints = (
            models.UniqueConstraint(
                fields=("category", "starts_on"),
                name="vacancy_rate_once",
                violation_error_message=_("The category has a rate from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(continuing_percent__range=(0, 100), new_percent__range=(0, 100)),
                name="vacancy_rate_percent",
                violation_error_message=_("A vacancy rate lies between 0 and 100 per cent."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_category_display()} · {day_text(self.starts_on)}"
