"""What the house knows of services."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit
from meridian.engine.resources import Concern, F, Panel, Resource
from meridian.holdings.services.models import Offering, Service, Support

OFFERED = {"view", "export"}


class ServiceResource(Resource):
    model = Service
    address = "services"
    policy = by_unit(everyone=OFFERED)
    key = "code"
    concern = Concern("service")
    order = ("place", "code")
    related = ("unit", "owner", "hours")
    icon = "item"
    state = "state"
    tones = {"planned": "accent", "live": "good", "retired": "still"}
    panels = (
        Panel("", ("code", "name", "description", "state", "place")),
        Panel(_("Who answers for it"), ("unit", "owner", "hours")),
    )
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("description", search="C"),
        F("place"),
        F("unit", column=True),
        F("owner", column=True, filter=False),
        F("hours", column=True),
        F("state", column=True),
    )


class OfferingResource(Resource):
    model = Offering
    address = "offerings"
    policy = by_unit("service__unit", everyone=OFFERED)
    key = "code"
    order = ("service", "tier", "code")
    related = ("service", "unit")
    inside = "service"
    in_menu = False
    fields = (
        F("service", column=True),
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("tier", column=True),
        F("unit", column=True),
        F("availability_percent", column=True),
    )


class SupportResource(Resource):
    model = Support
    address = "supports"
    policy = by_unit("service__unit", everyone=OFFERED)
    order = ("service", "id")
    related = ("service", "concerns")
    titled = ("service", "concerns")
    inside = "service"
    in_menu = False
    fields = (F("service", column=True), F("concerns", column=True, filter=False))
