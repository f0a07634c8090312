"""What the house knows of the portfolio."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.steering.portfolio import commands
from meridian.steering.portfolio.models import (
    BenefitLine,
    BenefitPool,
    Ceiling,
    CostLine,
    FundingPeriod,
    GateDecision,
    Option,
    Proposal,
    ProposalTie,
    Selection,
    Skill,
    SkillCapacity,
    SkillNeed,
)
from meridian.steering.portfolio.rules.gates import GATES

GATE_TITLES = {
    "submit": (_("Submit for review"), "next"),
    "send_back": (_("Send back"), "reply"),
    "approve": (_("Approve"), "check"),
    "refuse": (_("Refuse"), "close"),
    "go_live": (_("Report go-live"), "next"),
    "stabilise": (_("Declare stable"), "check"),
    "count_benefit": (_("Count the benefits"), "check"),
    "close": (_("Close"), "lock"),
}

UNIT = by_unit()
OF_PROPOSAL = by_unit("proposal__unit")
OF_OPTION = by_unit("option__proposal__unit")
LIST = everywhere(everyone={"view", "export"})


class ProposalResource(Resource):
    model = Proposal
    address = "proposals"
    policy = UNIT
    key = "code"
    order = ("code",)
    related = ("unit",)
    icon = "project"
    state = "state"
    tones = {
        "draft": "still",
        "review": "accent",
        "project": "accent",
        "live": "watch",
        "stabilised": "watch",
        "benefit": "good",
        "closed": "still",
        "refused": "bad",
    }
    abilities = ("attachments",)
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("case", search="C"),
        F("unit", column=True),
        F("state", column=True),
        F("is_mandated"),
        F("starts_on", column=True),
        F("live_on", column=True),
        F("went_live_on"),
        F("stabilisation_months"),
        F("years_appraised"),
        F("discount_rate_percent"),
        F("project", io=False),
    )
    add, change, remove = commands.add_proposal, commands.change_proposal, commands.remove_proposal
    verbs = tuple(
        Verb(
            commands.GATE_COMMANDS[verb],
            title,
            icon,
            when=Q(state__in=sorted(GATES[verb].sources)),
            danger=verb in ("refuse", "close"),
            fields=(
                Ask("on", _("Decided on"), initial=lambda _row: timezone.localdate()),
                Ask("reason", _("Reasons"), long=True),
            ),
        )
        for verb, (title, icon) in GATE_TITLES.items()
    )
    pages = {"detail": "pages.proposal.proposal_page"}


class OptionResource(Resource):
    model = Option
    address = "options"
    policy = OF_PROPOSAL
    order = ("proposal", "code")
    related = ("proposal",)
    titled = ("proposal", "code", "name")
    icon = "split"
    in_menu = False
    fields = (
        F("proposal", column=True),
        F("code", column=True),
        F("name", column=True, search="B"),
        F("is_preferred", column=True),
    )
    add, change, remove = commands.add_option, commands.change_option, commands.remove_option


class CostLineResource(Resource):
    model = CostLine
    address = "cost-lines"
    policy = OF_OPTION
    order = ("option", "id")
    related = ("option__proposal", "fund", "object", "period")
    titled = ("fund", "object", "period")
    icon = "money"
    in_menu = False
    fields = (
        F("option", column=True),
        F("fund", column=True),
        F("object", column=True),
        F("period", column=True),
        F("low_usd", column=True),
        F("mode_usd", column=True),
        F("high_usd", column=True),
    )
    add, change, remove = commands.add_cost, commands.change_cost, commands.remove_cost


class BenefitLineResource(Resource):
    model = BenefitLine
    address = "benefits"
    policy = OF_OPTION
    order = ("option", "code")
    related = ("option__proposal", "pool")
    icon = "check"
    fields = (
        F("option", column=True),
        F("code", column=True),
        F("name", column=True, search="B"),
        F("pool", column=True),
        F("kind", column=True),
        F("status", column=True),
        F("owner"),
        F("low_usd_per_year", column=True),
        F("high_usd_per_year", column=True),
    )
    add, change, remove = commands.add_benefit, commands.change_benefit, commands.remove_benefit


class SkillNeedResource(Resource):
    model = SkillNeed
    address = "skill-needs"
    policy = OF_OPTION
    order = ("option", "id")
    related = ("option__proposal", "skill", "period")
    in_menu = False
    titled = ("skill", "period")
    fields = (
        F("option", column=True),
        F("skill", column=True),
        F("period", column=True),
        F("person_months", column=True),
    )
    add, change, remove = commands.add_need, commands.change_need, commands.remove_need


class ProposalTieResource(Resource):
    model = ProposalTie
    address = "ties-between-proposals"
    policy = by_unit("one__unit")
    related = ("one", "other")
    titled = ("one", "kind", "other")
    in_menu = False
    fields = (F("one", column=True), F("kind", column=True), F("other", column=True))
    add, change, remove = commands.add_tie, commands.change_tie, commands.remove_tie


class GateDecisionResource(Resource):
    model = GateDecision
    address = "gate-decisions"
    policy = OF_PROPOSAL
    order = ("-id",)
    related = ("proposal",)
    titled = ("proposal", "state")
    appended = True
    in_menu = False
    fields = (
        F("proposal", column=True),
        F("gate", column=True),
        F("state", column=True),
        F("decided_by", column=True),
        F("decided_on", column=True),
        F("reasons"),
    )


class FundingPeriodResource(Resource):
    model = FundingPeriod
    address = "funding-periods"
    policy = LIST
    key = "code"
    order = ("first_year",)
    icon = "calendar"
    fields = (F("code", column=True), F("first_year", column=True), F("last_year", column=True))
    add, change, remove = commands.add_period, commands.change_period, commands.remove_period


class CeilingResource(Resource):
    model = Ceiling
    address = "portfolio-ceilings"
    policy = UNIT
    order = ("id",)
    related = ("unit", "fund", "object", "period")
    titled = ("fund", "object", "period")
    icon = "money"
    fields = (
        F("unit", column=True),
        F("fund", column=True),
        F("object", column=True),
        F("period", column=True),
        F("amount_usd", column=True),
    )
    add, change, remove = commands.add_ceiling, commands.change_ceiling, commands.remove_ceiling


class BenefitPoolResource(Resource):
    model = BenefitPool
    address = "benefit-pools"
    policy = UNIT
    key = "code"
    order = ("code",)
    related = ("unit",)
    icon = "money"
    fields = (
        F("unit", column=True),
        F("code", column=True),
        F("name", column=True),
        F("baseline_usd_per_year", column=True),
        F("baseline_year"),
        F("largest_share_percent", column=True),
    )
    add, change, remove = commands.add_pool, commands.change_pool, commands.remove_pool


class SkillResource(Resource):
    model = Skill
    address = "project-skills"
    policy = LIST
    key = "code"
    order = ("code",)
    icon = "people"
    fields = (F("code", column=True), F("name", column=True))


class SkillCapacityResource(Resource):
    model = SkillCapacity
    address = "skill-capacities"
    policy = UNIT
    order = ("id",)
    related = ("unit", "skill", "period")
    in_menu = False
    titled = ("skill", "period")
    fields = (
        F("unit", column=True),
        F("skill", column=True),
        F("period", column=True),
        F("person_months", column=True),
    )


class SelectionResource(Resource):
    model = Selection
    address = "portfolio-selections"
    policy = UNIT
    order = ("-id",)
    related = ("unit",)
    icon = "history"
    appended = True
    in_menu = False
    fields = (
        F("unit", column=True),
        F("made_at", column=True),
        F("status", column=True),
        F("value_usd", column=True),
        F("bound_usd", column=True),
        F("cost_usd", column=True),
        F("answer", audit=False),
    )
