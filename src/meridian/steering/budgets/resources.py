"""What the house knows of budgets."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.steering.budgets import commands
from meridian.steering.budgets.commands.proposals import DECISIONS
from meridian.steering.budgets.models import BudgetLine, BudgetVersion, FundingProposal
from meridian.steering.budgets.models.versions import Stage

SCORES = tuple((number, str(number)) for number in range(1, 6))


class BudgetVersionResource(Resource):
    model = BudgetVersion
    address = "budget-versions"
    policy = everywhere(everyone={"view", "export"})
    order = ("-start_year",)
    related = ("based_on",)
    icon = "money"
    in_menu = False
    change = None
    fields = (
        F("period_kind", column=True),
        F("start_year", column=True, filter=True),
        F("stage", column=True),
        F("based_on", column=True),
        F("adopted_at", column=True),
    )
    add, remove = commands.add_version, commands.remove_version
    verbs = (
        Verb(commands.adopt_version, _("Adopt"), "check", when=Q(adopted_at=None, lines__isnull=False)),
        Verb(
            commands.recost_version,
            _("Recost"),
            "money",
            when=Q(adopted_at=None, lines__isnull=False),
            fields=(
                Ask("inflation_percent", _("Inflation (per cent)")),
                Ask("exchange_percent", _("Exchange rates (per cent)")),
                Ask("vacancy_percent", _("Vacancy, posts only (per cent)")),
                Ask("together", _("Effects that act together")),
            ),
        ),
        Verb(
            commands.carry_version,
            _("Carry to another stage"),
            "next",
            fields=(Ask("stage", choices=tuple(Stage.choices)),),
        ),
        Verb(
            commands.record_expenditure,
            _("Record expenditure"),
            "money",
            when=Q(adopted_at__isnull=False),
            fields=(
                Ask("amount_usd", _("Amount (USD)")),
                Ask("on", _("Spent on")),
                Ask("description", _("What for")),
            ),
        ),
    )
    pages = {"detail": "pages.grid.grid"}


class BudgetLineResource(Resource):
    model = BudgetLine
    address = "budget-lines"
    policy = by_unit()
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
    address = "funding-proposals"
    policy = by_unit()
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
    verbs = (
        Verb(
            commands.review_proposal,
            _("Review it technically"),
            "search",
            when=Q(state__in=("draft", "reviewed")),
            fields=(
                Ask("findings", _("Findings"), long=True),
                Ask("cost_score", choices=SCORES),
                Ask("benefit_score", choices=SCORES),
                Ask("risk_score", help=_("5 is the least risk."), choices=SCORES),
            ),
        ),
        Verb(commands.submit_proposal, _("Submit to the committee"), "next", when=Q(state="reviewed")),
        Verb(
            commands.decide_proposal,
            _("Decide"),
            "check",
            when=Q(state="submitted"),
            fields=(
                Ask("decision", _("Decision"), choices=tuple((one.value, one.label) for one in DECISIONS)),
                Ask("reason", _("Reason"), long=True),
            ),
        ),
    )
    pages = {"detail": "pages.proposal.proposal_page"}
