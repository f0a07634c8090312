"""Proposals, their options with cost and benefit lines, and what was decided at each gate."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record, Rows
from meridian.engine.translation import TranslatedField
from meridian.steering.portfolio.models.limits import BenefitPool, FundingPeriod, Skill


class Proposal(Record):
    """An idea that asks for money, followed from the first draft to the closure of its project."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PROJECT = "project", _("Project")
        LIVE = "live", _("Stabilising")
        STABILISED = "stabilised", _("First full year")
        BENEFIT = "benefit", _("Benefits counted")
        CLOSED = "closed", _("Closed")
        REFUSED = "refused", _("Refused")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    case = TranslatedField(_("business case"), blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="proposals"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    is_mandated = models.BooleanField(_("mandated"), default=False)
    starts_on = models.DateField(_("first day"))
    live_on = models.DateField(_("planned go-live"))
    went_live_on = models.DateField(_("went live on"), null=True, blank=True, editable=False)
    stabilisation_months = models.PositiveSmallIntegerField(_("stabilisation (months)"), default=6)
    years_appraised = models.PositiveSmallIntegerField(_("years appraised"), default=10)
    discount_rate_percent = models.DecimalField(
        _("discount rate (%)"), max_digits=5, decimal_places=2, default=Decimal(5)
    )
    project = models.OneToOneField(
        "projects.Project",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("project"),
        related_name="proposal",
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = (
            models.CheckConstraint(
                condition=Q(live_on__gte=F("starts_on")),
                name="proposal_live_after_start",
                violation_error_message=_("Go-live can't lie before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(years_appraised__gte=1, years_appraised__lte=40),
                name="proposal_years",
                violation_error_message=_("Between 1 and 40 years are appraised."),
            ),
            models.CheckConstraint(
                condition=Q(stabilisation_months__lte=60),
                name="proposal_stabilisation",
                violation_error_message=_("Stabilisation takes 60 months at most."),
            ),
            models.CheckConstraint(
                condition=Q(discount_rate_percent__gte=0, discount_rate_percent__lte=50),
                name="proposal_rate",
                violation_error_message=_("The discount rate lies between 0 and 50 per cent."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class OptionManager(models.Manager.from_queryset(Rows)):  # type: ignore[misc]
    """An option is named after its proposal, which is fetched along wherever options are listed."""

    def get_queryset(self) -> Rows:
        return super().get_queryset().select_related("proposal")


class Option(Record):
    """One way to do what is proposed; doing nothing is an option without lines."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, verbose_name=_("proposal"), related_name="options")
    code = models.CharField(_("code"), max_length=20)
    name = TranslatedField(_("name"))
    is_preferred = models.BooleanField(_("preferred"), default=False)

    objects: ClassVar[OptionManager] = OptionManager()

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "code"),
                name="option_once",
                violation_error_message=_("The proposal already has an option with this code."),
            ),
            models.UniqueConstraint(
                fields=("proposal",),
                condition=Q(is_preferred=True),
                name="option_preferred_once",
                violation_error_message=_("Another option is preferred already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal.code}/{self.code} {self.name}"


class CostLine(Record):
    """What an option costs from a fund, for an object of expenditure, in a period."""

    option = models.ForeignKey(Option, models.CASCADE, verbose_name=_("option"), related_name="costs")
    fund = models.ForeignKey(
        "ledger.DimensionValue", models.PROTECT, verbose_name=_("fund"), related_name="+"
    )
    object = models.ForeignKey(
        "ledger.DimensionValue", models.PROTECT, verbose_name=_("object of expenditure"), related_name="+"
    )
    period = models.ForeignKey(FundingPeriod, models.PROTECT, verbose_name=_("period"), related_name="costs")
    low_usd = models.DecimalField(_("low (USD)"), max_digits=15, decimal_places=2)
    mode_usd = models.DecimalField(_("most likely (USD)"), max_digits=15, decimal_places=2)
    high_usd = models.DecimalField(_("high (USD)"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = _("cost line")
        verbose_name_plural = _("cost lines")
        constraints = (
            models.UniqueConstraint(
                fields=("option", "fund", "object", "period"),
                name="cost_line_once",
                violation_error_message=_("The option already has a line of this fund, object and period."),
            ),
            models.CheckConstraint(
                condition=Q(low_usd__gte=0, mode_usd__gte=F("low_usd"), high_usd__gte=F("mode_usd")),
                name="cost_line_order",
                violation_error_message=_("Write 0 ≤ low ≤ most likely ≤ high."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.fund} · {self.object} · {self.period}"


class BenefitLine(Record):
    """What a full year of operation yields, from which pool, and how sure that is."""

    class Kind(models.TextChoices):
        CASHABLE = "cashable", _("Cashable")
        CAPACITY = "capacity", _("Capacity freed")
        AVOIDED = "avoided", _("Cost avoided")

    class Status(models.TextChoices):
        IDENTIFIED = "identified", _("Identified")
        QUANTIFIED = "quantified", _("Quantified")
        VALIDATED = "validated", _("Validated")
        BUDGETED = "budgeted", _("Budgeted")
        REALISED = "realised", _("Realised")
        AUDITED = "audited", _("Audited")

    option = models.ForeignKey(Option, models.CASCADE, verbose_name=_("option"), related_name="benefits")
    pool = models.ForeignKey(
        BenefitPool, models.PROTECT, null=True, blank=True, verbose_name=_("pool"), related_name="benefits"
    )
    code = models.CharField(_("code"), max_length=40)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CASHABLE)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.IDENTIFIED)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    low_usd_per_year = models.DecimalField(_("low (USD a year)"), max_digits=15, decimal_places=2)
    high_usd_per_year = models.DecimalField(_("high (USD a year)"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        constraints = (
            models.UniqueConstraint(
                fields=("option", "code"),
                name="benefit_line_once",
                violation_error_message=_("The option already has a benefit with this code."),
            ),
            models.CheckConstraint(
                condition=Q(high_usd_per_year__gte=F("low_usd_per_year")),
                name="benefit_line_order",
                violation_error_message=_("The high value can't be below the low one."),
            ),
            models.CheckConstraint(
                condition=Q(pool__isnull=True) | Q(low_usd_per_year__gte=0),
                name="benefit_line_pool",
                violation_error_message=_("A loss draws on no pool: leave the pool empty."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class SkillNeed(Record):
    """Work of a skill that an option needs in a period."""

    option = models.ForeignKey(Option, models.CASCADE, verbose_name=_("option"), related_name="needs")
    skill = models.ForeignKey(Skill, models.PROTECT, verbose_name=_("skill"), related_name="needs")
    period = models.ForeignKey(FundingPeriod, models.PROTECT, verbose_name=_("period"), related_name="needs")
    person_months = models.DecimalField(_("person-months"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("skill need")
        verbose_name_plural = _("skill needs")
        constraints = (
            models.UniqueConstraint(
                fields=("option", "skill", "period"),
                name="skill_need_once",
                violation_error_message=_("The option already has this skill and period."),
            ),
            models.CheckConstraint(
                condition=Q(person_months__gte=0),
                name="skill_need_amount",
                violation_error_message=_("A need can't be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.skill} · {self.period}"


class ProposalTie(Record):
    """`one` needs `other`, or the two exclude each other."""

    class Kind(models.TextChoices):
        REQUIRES = "requires", _("Needs")
        EXCLUDES = "excludes", _("Excludes")

    one = models.ForeignKey(Proposal, models.CASCADE, verbose_name=_("proposal"), related_name="ties")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.REQUIRES)
    other = models.ForeignKey(
        Proposal, models.CASCADE, verbose_name=_("other proposal"), related_name="tied_from"
    )

    class Meta:
        verbose_name = _("tie between proposals")
        verbose_name_plural = _("ties between proposals")
        constraints = (
            models.UniqueConstraint(
                fields=("one", "kind", "other"),
                name="proposal_tie_once",
                violation_error_message=_("This tie exists already."),
            ),
            models.CheckConstraint(
                condition=~Q(one=F("other")),
                name="proposal_tie_not_itself",
                violation_error_message=_("A proposal can't be tied to itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.one.code} {self.get_kind_display()} {self.other.code}"


class GateDecision(AppendedRecord):
    """A gate that a proposal passed or was stopped at: by whom, on which day, why."""

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(
        Proposal, models.CASCADE, verbose_name=_("proposal"), related_name="decisions"
    )
    gate = models.CharField(_("gate"), max_length=20)
    state = models.CharField(_("leads to"), max_length=10, choices=Proposal.State)
    decided_by = models.CharField(_("decided by"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    reasons = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("gate decision")
        verbose_name_plural = _("gate decisions")

    def __str__(self) -> str:
        return f"{self.proposal} · {self.get_state_display()}"
