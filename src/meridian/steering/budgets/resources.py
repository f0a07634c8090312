"""What the house knows of budgets."""

from meridian.engine.resources import F, Resource
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import YearlyLine
from meridian.steering.budgets.policies import YearlyLinePolicy


class YearlyLineResource(Resource):
    model = YearlyLine
    policy = YearlyLinePolicy
    order = ("-year",)
    related = ("unit",)
    icon = "money"
    fields = (
        F("year", column=True, filter=True),
        F("unit", column=True),
        F("fund", column=True),
        F("function", column=True),
        F("activity", column=True),
        F("amount_usd", column=True),
    )
    add = commands.add_yearly_line
    change = commands.change_yearly_line
    remove = commands.remove_yearly_line
