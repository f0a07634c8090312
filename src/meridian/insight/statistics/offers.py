"""The money of the scorecard: the newest version of the budget, and what was spent of it."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from meridian.engine.modules.registry import listed_address, proof_address
from meridian.engine.pages.first_page import Figure, list_url
from meridian.engine.policies import Actor, policy_of
from meridian.engine.records import reference
from meridian.insight.statistics.queries import spent_in

BudgetLine, BudgetVersion = reference("budgets.BudgetLine"), reference("budgets.BudgetVersion")
Posting = reference("ledger.Posting")


def money(actor: Actor) -> list[Figure]:
    """The estimates of the newest version of which the reader sees lines, and its period's spending."""
    if not policy_of(BudgetVersion).may(actor, "view"):
        return []
    lines = BudgetLine.objects.permitted(actor)
    newest = lines.order_by("-budget_version__start_year", "-budget_version").values("budget_version")[:1]
    version = BudgetVersion.objects.permitted(actor).filter(pk__in=newest).first()
    if version is None:
        return []
    estimated = whole(lines.filter(budget_version=version).aggregate(sum=Sum("estimate_usd"))["sum"])
    asked = {"budget_version": str(version.pk)}
    proof = listed_address(BudgetLine._meta.label_lower, estimated, asked, added="estimate_usd")
    label = _("USD, %(version)s") % {"version": version}
    figures = [Figure(estimated, label, list_url(BudgetLine, **asked), "accent", proof)]
    if policy_of(Posting).may(actor, "view"):
        spent = whole(spent_in(version.period.label).aggregate(sum=Sum("usd"))["sum"])
        # No list can be asked for the postings of a period: their proof is their list.
        proof = proof_address("statistics.spent", spent, version=version.pk)
        figures.append(Figure(spent, _("USD booked as spent of it"), proof, "still", proof))
    return figures


def whole(amount: Decimal | None) -> int:
    """An amount in whole units; a half goes up."""
    return int(Decimal(amount or 0).to_integral_value(ROUND_HALF_UP))
