"""What the house knows of computing facilities."""

from meridian.engine.policies import by_unit
from meridian.engine.resources import Concern, F, Resource
from meridian.holdings.facilities.models import Facility


class FacilityResource(Resource):
    model = Facility
    address = "computing-facilities"
    policy = by_unit(everyone={"view", "export"})
    key = "code"
    concern = Concern("facility")
    order = ("code",)
    related = ("site", "unit")
    icon = "facility"
    state = "state"
    tones = {"open": "good", "closing": "watch", "closed": "still"}
    abilities = ("attachments",)
    menu_of = {"architect": 30, "continuity": 20, "chief": 50, "delegate": 40, "network": 40, "planner": 60}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
        F("state", column=True),
        F("site", column=True),
        F("unit", column=True),
        F("area_square_metres", column=True),
        F("power_kilowatts", column=True),
    )
