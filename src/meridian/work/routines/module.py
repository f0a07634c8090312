"""Manifest of routines."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Offer, Part

ITEM = "servicedesk.workitem"

MODULE = Module(
    name="routines",
    title=_("Routines"),
    section="desk",
    icon="check",
    place=70,
    leans_on=("items", "servicedesk"),
    parts=(
        Part("panel", "parts.steps", on=ITEM, place=20, permission="routines.itemstep.view"),
        Part("action", "parts.from_template", on=ITEM, permission="servicedesk.workitem.add"),
        Part(
            "answering_help",
            "parts.standard_texts",
            on=ITEM,
            place=30,
            permission="routines.standardtext.view",
        ),
    ),
    offers=(Offer("demo", "demo.write_routines", place=62),),
)
