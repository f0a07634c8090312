"""What the house knows of places."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import Concern, F, Panel, Resource
from meridian.registers.places import commands
from meridian.registers.places.models import Country, DutyStation, Region, Site

PLACE = everywhere(everyone={"view", "export"})


class RegionResource(Resource):
    model = Region
    address = "regions"
    policy = PLACE
    key = "code"
    order = ("code",)
    icon = "globe"
    fields = (F("code", column=True), F("name", column=True, search="A"))
    add, change, remove = commands.add_region, commands.change_region, commands.remove_region


class CountryResource(Resource):
    model = Country
    address = "countries"
    policy = PLACE
    key = "code"
    order = ("code",)
    related = ("region",)
    icon = "place"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("region", column=True),
    )


class DutyStationResource(Resource):
    model = DutyStation
    address = "duty-stations"
    policy = PLACE
    key = "code"
    order = ("code",)
    related = ("country",)
    icon = "place"
    menu_of = {"delegate": 50, "network": 60}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("country", column=True),
        F("location_group", column=True),
        F("zone", column=True),
        F("latitude"),
        F("longitude"),
        F("languages"),
    )
    panels = (
        Panel(_("Place"), ("code", "name", "country", "location_group")),
        Panel(_("On the map"), ("zone", "latitude", "longitude")),
        Panel(_("Languages"), ("languages",)),
    )
    add, change, remove = (
        commands.add_duty_station,
        commands.change_duty_station,
        commands.remove_duty_station,
    )


class SiteResource(Resource):
    model = Site
    address = "sites"
    policy = PLACE
    key = "code"
    concern = Concern("site")
    order = ("code",)
    related = ("duty_station",)
    icon = "link"
    abilities = ("attachments",)
    menu_of = {"network": 30, "continuity": 30}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("duty_station", column=True),
        F("bandwidth_class", column=True),
        F("round_trip_milliseconds", column=True),
        F("criticality", column=True),
        F("opened_on"),
        F("closed_on"),
    )
    panels = (
        Panel(_("Site"), ("code", "name", "duty_station", "criticality")),
        Panel(_("Link"), ("bandwidth_class", "round_trip_milliseconds")),
        Panel(_("Life"), ("opened_on", "closed_on")),
    )
    add, change, remove = commands.add_site, commands.change_site, commands.remove_site
