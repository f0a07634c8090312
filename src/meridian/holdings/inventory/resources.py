"""What the house knows of servers and workstations."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import Concern, F, Panel, Resource
from meridian.holdings.inventory import commands
from meridian.holdings.inventory.models import ClassAttribute, Item, ItemClass, Server, Workstation

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


CLASSES = everywhere(everyone={"view", "export"})


class ItemClassResource(Resource):
    model = ItemClass
    address = "item-classes"
    policy = CLASSES
    key = "code"
    order = ("code",)
    related = ("parent",)
    icon = "server"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("parent", column=True),
    )
    add, change = commands.add_class, commands.change_class


class ClassAttributeResource(Resource):
    model = ClassAttribute
    address = "class-attributes"
    policy = CLASSES
    known_by = ("item_class", "code")
    order = ("item_class", "place", "code")
    related = ("item_class",)
    inside = "item_class"
    icon = "server"
    fields = (
        F("item_class", column=True),
        F("code", column=True),
        F("name", column=True),
        F("type", column=True),
        F("unit", column=True),
        F("place"),
    )


class ItemResource(Resource):
    model = Item
    address = "items"
    policy = INVENTORY
    key = "code"
    concern = Concern("item")
    order = ("code",)
    related = ("item_class", "site", "unit")
    icon = "server"
    state = "state"
    tones = {
        "planned": "still",
        "ordered": "still",
        "in_stock": "still",
        "in_service": "good",
        "in_repair": "watch",
        "lost": "bad",
        "retired": "still",
        "disposed": "still",
    }
    panels = (
        Panel(_("What it is"), ("item_class", "maker", "model_name", "serial_number", "tier")),
        Panel(_("Where and whose"), ("site", "facility", "unit", "holder", "cost_centre", "warranty_until")),
    )
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("item_class", column=True),
        F("maker", column=True, search="C"),
        F("model_name", column=True, search="C"),
        F("serial_number", column=True, search="A"),
        F("site", column=True),
        F("facility"),
        F("unit", column=True),
        F("holder", filter=False),
        F("cost_centre"),
        F("warranty_until"),
        F("tier"),
        F("state", column=True),
        F("identity", io=False),
        F("attributes", io=False),
        F("consists_of", io=False),
    )
