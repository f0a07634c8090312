"""What the house knows of applications."""

from meridian.engine.policies import by_unit
from meridian.engine.resources import Concern, F, Resource
from meridian.holdings.applications.models import Application


class ApplicationResource(Resource):
    model = Application
    address = "applications"
    policy = by_unit(everyone={"view", "export"})
    key = "code"
    concern = Concern("application")
    order = ("code",)
    related = ("unit", "owner")
    icon = "application"
    state = "state"
    tones = {"planned": "accent", "in_service": "good", "retiring": "watch", "retired": "still"}
    abilities = ("attachments",)
    menu_of = {"architect": 10, "continuity": 10, "chief": 40, "delegate": 30}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("description", search="C"),
        F("unit", column=True),
        F("owner", column=True, filter=False),
        F("critical", column=True),
        F("state", column=True),
    )
