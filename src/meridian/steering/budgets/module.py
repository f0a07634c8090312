"""Manifest of budgets."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module

MODULE = Module(
    name="budgets",
    title=_("Budgets"),
    section="steering",
    icon="money",
    pages=(MenuPage(_("Budgets"), "budgets-home", "money", "budgets.budgetline.view"),),
)
