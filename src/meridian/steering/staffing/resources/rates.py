"""Standard costs and vacancy rates."""

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource
from meridian.steering.staffing.models import StandardCost, VacancyRate

ROLE = everywhere(everyone={"view", "export"})


class StandardCostResource(Resource):
    model = StandardCost
    address = "standard-costs"
    policy = ROLE
    order = ("grade", "-starts_on")
    icon = "money"
    fields = (
        F("grade", column=True, filter=True),
        F("yearly_cost_usd", column=True),
        F("starts_on", column=True),
    )


class VacancyRateResource(Resource):
    model = VacancyRate
    address = "vacancy-rates"
    policy = ROLE
    order = ("category", "-starts_on")
    icon = "money"
    fields = (
        F("category", column=True),
        F("continuing_percent", column=True),
        F("new_percent", column=True),
        F("starts_on", column=True),
    )
