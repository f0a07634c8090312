"""Manifest of announcements."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import EVERYBODY, Module, Offer, Part

MODULE = Module(
    name="announcements",
    title=_("Announcements"),
    section="desk",
    icon="bell",
    place=60,
    parts=(Part("first_page", "parts.now", on=EVERYBODY, place=5),),
    offers=(Offer("demo", "commands.announce_demo", place=60),),
)
