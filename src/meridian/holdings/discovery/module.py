"""Manifest of discovery."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Module, Offer, Part, System

MODULE = Module(
    name="discovery",
    title=_("Discovery"),
    section="holdings",
    icon="server",
    place=55,
    leans_on=("inventory",),
    parts=(
        Part("panel", "parts.where_values_come_from", on="inventory.item", place=10),
        Part("panel", "parts.what_it_consists_of", on="inventory.item", place=20),
    ),
    offers=(Offer("demo", "offers.discover_demo", place=58),),
    systems=(
        System(
            "Inventory and discovery",
            pages=("inventory-item-list", "discovery-duplicate-list"),
            commands=("import inventory",),
            proof="tests/test_taking_in.py",
            missing=(
                "SNMP, NetBox and tables as sources; typed relations; software against licences; loans;"
                " proposals of change as a branch; stock-take"
            ),
        ),
    ),
)
