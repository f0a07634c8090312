"""Manifest of published money."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Offer

MODULE = Module(
    name="baseline",
    title=_("Published budgets"),
    section="steering",
    icon="money",
    offers=(Offer("loader", "commands.load_money", place=10),),
)
