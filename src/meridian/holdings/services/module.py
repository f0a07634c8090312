"""Manifest of the services."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Offer, System

MODULE = Module(
    name="services",
    title=_("Services"),
    section="holdings",
    icon="item",
    place=10,
    leans_on=("configuration",),
    offers=(Offer("demo", "commands.demo", place=21),),
    systems=(System("Service catalogue with cost and levels"),),
)
