"""Manifest of budgets."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, NoticeKind

MODULE = Module(
    name="budgets",
    title=_("Budgets"),
    section="steering",
    icon="money",
    pages=(MenuPage(_("Budgets"), "budgets-home", "money", "budgets.budgetline.view"),),
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
)
