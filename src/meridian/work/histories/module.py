"""Manifest of the histories of other desks."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module, Offer, Suite, System

MODULE = Module(
    name="histories",
    title=_("Imported logs"),
    section="desk",
    icon="document",
    place=90,
    pages=(MenuPage(_("Old desks"), "histories-flows", "document"),),
    leans_on=("items", "servicedesk"),
    offers=(Offer("demo", "offers.take_in_demo", place=50),),
    systems=(
        System(
            "Histories of other desks",
            pages=("histories-flows",),
            commands=("import event-log", "report flow"),
            proof="tests/test_event_logs.py",
        ),
    ),
    conformance=(
        Suite("Histories of other desks", "Counts of published event logs", "conformance.event_logs"),
    ),
)
