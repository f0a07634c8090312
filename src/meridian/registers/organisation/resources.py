"""What the house knows of units."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import F, Panel, Resource
from meridian.registers.organisation import commands
from meridian.registers.organisation.models import Unit
from meridian.registers.organisation.policies import UnitPolicy


class UnitResource(Resource):
    model = Unit
    address = "units"
    policy = UnitPolicy
    key = "code"
    order = ("code",)
    related = ("parent", "duty_station")
    icon = "organisation"
    abilities = ("attachments",)
    menu_of = {"delegate": 60}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
        F("parent", column=True),
        F("path", filter=False, api="r"),
        F("duty_station", column=True),
        F("location_group", column=True),
        F("provides_ict", column=True),
        F("starts_on"),
        F("ends_on"),
    )
    panels = (
        Panel(_("Unit"), ("code", "name", "kind", "parent")),
        Panel(_("Place"), ("duty_station", "location_group", "provides_ict")),
        Panel(_("Life"), ("starts_on", "ends_on")),
    )
    add, change, remove = commands.add_unit, commands.change_unit, commands.remove_unit
