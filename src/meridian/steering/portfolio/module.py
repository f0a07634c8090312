"""Manifest of the portfolio."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="portfolio",
    title=_("Portfolio"),
    section="steering",
    icon="project",
    pages=(MenuPage(_("Portfolio"), "portfolio-home", "merge", "portfolio.proposal.view"),),
    leans_on=("budgets",),
)
