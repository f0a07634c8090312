"""Manifest of the portfolio."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Offer, Part, ProofOf, System

MODULE = Module(
    name="portfolio",
    title=_("Portfolio"),
    section="steering",
    icon="project",
    pages=(
        MenuPage(_("Portfolio"), "portfolio-home", "merge", menu_of={"budget": 30, "cio": 40, "planner": 50}),
    ),
    leans_on=("budgets",),
    offers=(Offer("demo", "facade.seed_reference_portfolio"),),
    parts=(
        Part("tile", "pages.parts.project_tiles", on="projects.project"),
        Part(
            "action",
            "pages.parts.portfolio_action",
            on="projects.project",
            permission="portfolio.proposal.view",
        ),
        *(
            Part(
                "first_page",
                "pages.parts.proposals_by_state",
                on=kind,
                place=50,
                permission="portfolio.proposal.view",
            )
            for kind in ("budget", "cio", "planner")
        ),
    ),
    systems=(
        System(
            "Project portfolio", pages=("portfolio-home", "portfolio-choose"), commands=("portfolio select",)
        ),
    ),
    proofs=(
        ProofOf("proofs.proposals", takes=("state",), permission="portfolio.proposal.view"),
        ProofOf("proofs.appraisal", takes=("option", "what"), permission="portfolio.proposal.view"),
        ProofOf("proofs.year", takes=("option", "year", "what"), permission="portfolio.proposal.view"),
        ProofOf("proofs.benefit", takes=("proposal", "line", "year"), permission="portfolio.proposal.view"),
        ProofOf("proofs.selection", takes=("selection", "what"), permission="portfolio.proposal.view"),
    ),
)
