"""What the house knows of budgets."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import F, Panel, Resource
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import BudgetLine, BudgetVersion, FundingProposal
from meridian.steering.budgets.policies import FundingProposalPolicy, LinePolicy, VersionPolicy


class BudgetVersionResource(Resource):
    model = BudgetVersion
    policy = VersionPolicy
    order = ("-start_year",)
    related = ("based_on",)
    icon = "money"
    in_menu = False
    fields = (
        F("period_kind", column=True),
        F("start_year", column=True, filter=True),
        F("stage", column=True),
        F("based_on", column=True),
        F("adopted_at", column=True),
    )
    add, remove = commands.add_version, commands.remove_version


class BudgetLineResource(Resource):
    model = BudgetLine
    policy = LinePolicy
    order = ("budget_version", "unit")
    related = ("budget_version", "unit", "object", "component", "project")
    titled = ("budget_version", "unit", "fund")
    icon = "money"
    fields = (
        F("budget_version", column=True),
        F("unit", column=True),
        F("fund", column=True),
        F("object", column=True),
        F("function"),
        F("activity"),
        F("component"),
        F("project"),
        F("base_usd", column=True),
        F("technical_usd"),
        F("mandates_usd"),
        F("other_usd"),
        F("change_reason"),
        F("change_usd", column=True),
        F("before_recosting_usd"),
        F("inflation_usd"),
        F("exchange_usd"),
        F("vacancy_usd"),
        F("recosting_usd"),
        F("estimate_usd", column=True),
    )
    panels = (
        Panel(
            _("Line"),
            (
                *("budget_version", "unit", "fund", "object"),
                *("function", "activity", "component", "project"),
            ),
        ),
        Panel(
            _("Changes"),
            ("base_usd", "technical_usd", "mandates_usd", "other_usd", "change_reason", "change_usd"),
        ),
        Panel(
            _("Recosting"),
            (
                "before_recosting_usd",
                "inflation_usd",
                "exchange_usd",
                "vacancy_usd",
                "recosting_usd",
                "estimate_usd",
            ),
        ),
    )
    add, change, remove = commands.add_line, commands.change_line, commands.remove_line


class FundingProposalResource(Resource):
    model = FundingProposal
    policy = FundingProposalPolicy
    key = "code"
    order = ("code",)
    related = ("unit",)
    icon = "money"
    state = "state"
    tones = {
        "draft": "still",
        "reviewed": "accent",
        "submitted": "accent",
        "approved": "good",
        "deferred": "watch",
        "rejected": "bad",
    }
    abilities = ("attachments",)
    menu_of = {"budget": 20}
    fields = (
        F("code", column=True, search="A"),
        F("title", column=True, search="A"),
        F("unit", column=True),
        F("fund", column=True),
        F("state", column=True),
        F("need", search="B"),
        F("solution", search="B"),
        F("cost_usd", column=True),
        F("benefit_usd_per_year", column=True),
        F("review_findings"),
        F("cost_score"),
        F("benefit_score"),
        F("risk_score"),
        F("decision_reason"),
        F("decided_at"),
    )
    add, change, remove = commands.add_proposal, commands.change_proposal, commands.remove_proposal
