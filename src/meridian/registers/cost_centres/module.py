"""Manifest of cost centres."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Offer

MODULE = Module(
    name="cost_centres",
    title=_("Cost centres"),
    section="registers",
    leans_on=("organisation", "people"),
    offers=(Offer("demo", "commands.demo", place=20),),
)
