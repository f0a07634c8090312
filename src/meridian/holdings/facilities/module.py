"""Manifest of computing facilities."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Part, Section

MODULE = Module(
    name="facilities",
    title=_("Facilities"),
    section="holdings",
    icon="facility",
    parts=(
        Part("badge", "parts.site_badges", on="places.site"),
        Part("first_page", "parts.own_facilities", on="chief", place=35),
        *(
            Part("first_page", "parts.kinds_of_facilities", on=kind, place=60)
            for kind in ("architect", "planner", "continuity", "delegate")
        ),
    ),
    sections=(Section("holdings", _("What we have"), 20),),
)
