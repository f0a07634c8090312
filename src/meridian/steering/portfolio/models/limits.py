"""What bounds a portfolio: periods, ceilings of money, skills and the pools that benefits relieve."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class FundingPeriod(Record):
    """Whole calendar years for which money is given: a year or a biennium; both years belong to it."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))

    class Meta:
        verbose_name = _("funding period")
        verbose_name_plural = _("funding periods")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")) & Q(last_year__lt=F("first_year") + 10),
                name="funding_period_years",
                violation_error_message=_("A period ends in its first year or up to nine years later."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Ceiling(Record):
    """The most that the proposals of a unit may spend: by fund and period, for one object or for all."""

    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="portfolio_ceilings"
    )
    fund = models.ForeignKey(
        "ledger.DimensionValue", models.PROTECT, verbose_name=_("fund"), related_name="+"
    )
    object = models.ForeignKey(
        "ledger.DimensionValue",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("object of expenditure"),
        related_name="+",
        help_text=_("Empty for all objects together."),
    )
    period = models.ForeignKey(
        FundingPeriod, models.PROTECT, verbose_name=_("period"), related_name="ceilings"
    )
    amount_usd = models.DecimalField(_("amount (USD)"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = _("portfolio ceiling")
        verbose_name_plural = _("portfolio ceilings")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "fund", "object", "period"),
                name="portfolio_ceiling_once",
                nulls_distinct=False,
                violation_error_message=_("There is a ceiling for this fund, object and period already."),
            ),
            models.CheckConstraint(
                condition=Q(amount_usd__gte=0),
                name="portfolio_ceiling_amount",
                violation_error_message=_("A ceiling can't be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.fund} · {self.object or '*'} · {self.period}"


class Skill(Record):
    """A skill that projects compete for."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("project skill")
        verbose_name_plural = _("project skills")

    def __str__(self) -> str:
        return str(self.name)


class SkillCapacity(Record):
    """How much work of a skill a unit has in a period."""

    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="skill_capacities"
    )
    skill = models.ForeignKey(Skill, models.PROTECT, verbose_name=_("skill"), related_name="capacities")
    period = models.ForeignKey(
        FundingPeriod, models.PROTECT, verbose_name=_("period"), related_name="capacities"
    )
    person_months = models.DecimalField(_("person-months"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("skill capacity")
        verbose_name_plural = _("skill capacities")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "skill", "period"),
                name="skill_capacity_once",
                violation_error_message=_("The capacity of this skill and period is given already."),
            ),
            models.CheckConstraint(
                condition=Q(person_months__gte=0),
                name="skill_capacity_amount",
                violation_error_message=_("A capacity can't be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.skill} · {self.period}"


class BenefitPool(Record):
    """A cost that benefits relieve: all claims on it together stay below a share of its baseline."""

    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="benefit_pools"
    )
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    baseline_usd_per_year = models.DecimalField(_("baseline (USD a year)"), max_digits=15, decimal_places=2)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"))
    largest_share_percent = models.DecimalField(
        _("largest share (%)"), max_digits=5, decimal_places=2, default=Decimal(100)
    )

    class Meta:
        verbose_name = _("benefit pool")
        verbose_name_plural = _("benefit pools")
        constraints = (
            models.CheckConstraint(
                condition=Q(baseline_usd_per_year__gte=0),
                name="benefit_pool_baseline",
                violation_error_message=_("A baseline can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(largest_share_percent__gte=0, largest_share_percent__lte=100),
                name="benefit_pool_share",
                violation_error_message=_("The share lies between 0 and 100 per cent."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
