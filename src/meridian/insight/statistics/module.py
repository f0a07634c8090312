"""Manifest of statistics."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Offer, Part, ProofOf

MODULE = Module(
    name="statistics",
    title=_("Statistics"),
    section="insight",
    icon="report",
    pages=(MenuPage(_("Statistics"), "statistics", "report"),),
    parts=(
        Part("first_page", "parts.scorecard", on="cio", place=8),
        *(
            Part("first_page", "parts.posts_by_category", on=kind, place=55, permission="staffing.post.view")
            for kind in ("budget", "cio", "planner")
        ),
    ),
    offers=(
        Offer("score", "parts.posts_standing", place=20),
        Offer("score", "offers.money", place=30),
    ),
    proofs=(
        ProofOf("proofs.indicator", takes=("indicator", "group"), permission="reports.report.view"),
        ProofOf("proofs.spent", takes=("version",), permission="budgets.budgetversion.view"),
    ),
)
