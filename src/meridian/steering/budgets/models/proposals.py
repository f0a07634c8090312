"""Proposals from all units and funds, and what reviewers say of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.steering.budgets.models.lines import Fund


class FundingProposal(Record):
    """A business case on its way from a unit to a decision."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEWED = "reviewed", _("Technically reviewed")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        DEFERRED = "deferred", _("Deferred")
        REJECTED = "rejected", _("Rejected")

    code = models.CharField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=200)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="funding_proposals"
    )
    fund = models.CharField(_("fund"), max_length=30, choices=Fund)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    need = models.TextField(_("need"), help_text=_("What is wrong or missing today, and for whom."))
    solution = models.TextField(_("solution"), help_text=_("What would be done, and what else was weighed."))
    cost_usd = models.DecimalField(_("cost (USD)"), max_digits=15, decimal_places=2)
    benefit_usd_per_year = models.DecimalField(
        _("benefit (USD a year)"), max_digits=15, decimal_places=2, default=0
    )
    review_findings = models.TextField(_("findings of the technical review"), blank=True, editable=False)
    cost_score = models.PositiveSmallIntegerField(_("cost score"), null=True, blank=True, editable=False)
    benefit_score = models.PositiveSmallIntegerField(
        _("benefit score"), null=True, blank=True, editable=False
    )
    risk_score = models.PositiveSmallIntegerField(_("risk score"), null=True, blank=True, editable=False)
    decision_reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("funding proposal")
        verbose_name_plural = _("funding proposals")
        constraints = (
            models.CheckConstraint(
                condition=Q(cost_usd__gte=0),
                name="proposal_cost_not_negative",
                violation_error_message=_("A cost can't be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    cost_score__range=(1, 5),
                    benefit_score__range=(1, 5),
                    risk_score__range=(1, 5),
                )
                & ~Q(review_findings=""),
                name="proposal_reviewed_before_submission",
                violation_error_message=_(
                    "A proposal needs a technical review with scores from 1 to 5 first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "deferred", "rejected"))
                | (~Q(decision_reason="") & Q(decided_at__isnull=False)),
                name="proposal_decision_has_reason",
                violation_error_message=_("A decision needs its reason."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"
