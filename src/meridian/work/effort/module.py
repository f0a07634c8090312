"""Manifest of time spent."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Deed, MenuPage, Module, Offer, Part

TIME = "effort.timeentry"

MODULE = Module(
    name="effort",
    title=_("Time spent"),
    section="desk",
    icon="clock",
    place=71,
    leans_on=("items", "servicedesk"),
    pages=(MenuPage(_("Time spent by month"), "effort-spent", "clock"),),
    parts=(
        Part(
            "panel",
            "parts.time_spent",
            on="servicedesk.workitem",
            place=80,
            permission=f"{TIME}.view",
        ),
        Part("first_page", "parts.my_week", on="agent", place=60, permission=f"{TIME}.add"),
    ),
    deeds=(Deed("effort.spend_time", _("write down the time of the demo organisation")),),
    offers=(Offer("demo", "demo.spend_time", place=63),),
)
