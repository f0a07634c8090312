"""Manifest of the register of people."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part

MODULE = Module(
    name="people",
    title=_("People"),
    section="registers",
    icon="user",
    leans_on=("places", "organisation"),
    parts=(Part("first_page", "parts.own_people", on="chief", place=50),),
)
