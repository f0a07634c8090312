"""What the house knows of servers and workstations."""

from meridian.engine.policies import by_unit
from meridian.engine.resources import Concern, F, Resource
from meridian.holdings.inventory.models import Server, Workstation

LIFE_TONES = {"in_stock": "still", "in_service": "good", "in_repair": "watch", "retired": "still"}

INVENTORY = by_unit(everyone={"view", "export"})


class ServerResource(Resource):
    model = Server
    address = "servers"
    policy = INVENTORY
    key = "code"
    concern = Concern("server")
    order = ("code",)
    related = ("facility", "unit")
    icon = "server"
    state = "state"
    tones = LIFE_TONES
    menu_of = {"architect": 20, "chief": 20, "network": 50}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("facility", column=True),
        F("unit", column=True),
        F("model_name", search="C"),
        F("cores", column=True),
        F("memory_gibibytes", column=True),
        F("installed_on"),
        F("state", column=True),
    )


class WorkstationResource(Resource):
    model = Workstation
    address = "workstations"
    policy = INVENTORY
    key = "code"
    concern = Concern("workstation", name="model_name")
    order = ("code",)
    related = ("site", "unit", "user")
    icon = "application"
    state = "state"
    tones = LIFE_TONES
    menu_of = {"chief": 30}
    fields = (
        F("code", column=True, search="A"),
        F("kind", column=True),
        F("site", column=True),
        F("unit", column=True),
        F("user", column=True, filter=False),
        F("model_name", search="C"),
        F("bought_on"),
        F("state", column=True),
    )
