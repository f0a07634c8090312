"""What the house knows of cost centres."""

from meridian.engine.policies import by_unit
from meridian.engine.resources import F, Resource
from meridian.registers.cost_centres.models import CostCentre


class CostCentreResource(Resource):
    model = CostCentre
    address = "cost-centres"
    policy = by_unit(everyone={"view"})
    key = "code"
    order = ("code",)
    related = ("unit", "owner")
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("unit", column=True),
        F("owner", column=True, filter=False),
        F("closed_on", column=True),
    )
