"""Manifest of budgets."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, NoticeKind, Offer, Part, ProofOf, Reaction, System

VIEW = "budgets.budgetversion.view"

MODULE = Module(
    name="budgets",
    title=_("Budgets"),
    section="steering",
    icon="money",
    pages=(
        MenuPage(
            _("Budgets"),
            "budgets-home",
            "money",
            menu_of={"budget": 10, "cio": 30, "delegate": 20, "chief": 60},
        ),
    ),
    parts=(
        *(
            Part("first_page", "pages.parts.proposals_to_move", on=kind, place=10)
            for kind in ("budget", "cio", "chief")
        ),
        Part("first_page", "pages.parts.lines_to_check", on="budget", place=20),
        Part("first_page", "pages.parts.versions", on="budget", place=30),
        Part("first_page", "pages.parts.versions", on="delegate", place=30),
        Part("first_page", "pages.parts.money_by_fund", on="budget", place=40),
        Part("first_page", "pages.parts.money_by_fund", on="chief", place=40),
        Part("first_page", "pages.parts.money_by_fund", on="cio", place=40),
        Part("first_page", "pages.parts.money_by_fund", on="delegate", place=40),
    ),
    notices=(
        NoticeKind(
            "to_decide",
            _("A funding proposal waits for my decision"),
            permission="budgets.fundingproposal.decide",
        ),
        NoticeKind(
            "decided",
            _("A funding proposal that I wrote is reviewed or decided"),
            permission="budgets.fundingproposal.add",
        ),
    ),
    reactions=(Reaction("budgets.ProposalMoved", "reactions.tell_of_proposal"),),
    offers=(
        Offer(
            "table",
            "queries.tables.projects_by_biennium",
            name="projects-by-biennium",
            title=_("Costs by project and biennium"),
            proof="proofs.cell",
        ),
        Offer(
            "table",
            "queries.tables.funds_by_biennium",
            name="funds-by-biennium",
            title=_("Costs by fund and biennium"),
            proof="proofs.cell",
        ),
        Offer(
            "table",
            "queries.tables.objects_by_biennium",
            name="objects-by-biennium",
            title=_("Costs by object of expenditure and biennium"),
            proof="proofs.cell",
        ),
        Offer(
            "table",
            "queries.tables.benefits",
            name="benefits",
            title=_("Yearly benefits by project, low and high"),
            proof="proofs.benefits_cell",
        ),
        Offer(
            "table",
            "queries.tables.budget_by_fund",
            name="budget-by-fund",
            title=_("ICT budget by entity and fund"),
            proof="proofs.cell",
        ),
        Offer(
            "table",
            "queries.programme.programme_resources",
            name="programme-resources",
            title=_("Resources by component, fund and year"),
            proof="proofs.resources_cell",
        ),
        Offer(
            "table",
            "queries.programme.programme_changes",
            name="programme-changes",
            title=_("Changes of the regular budget by component and by post and non-post"),
            proof="proofs.changes_cell",
        ),
    ),
    proofs=(
        ProofOf("proofs.against", takes=("version", "object", "what"), permission=VIEW),
        ProofOf("proofs.version_total", takes=("version", "column", "unit", "fund"), permission=VIEW),
    ),
    systems=(System("Budget review over all funds", pages=("budgets-home",)),),
)
