"""What the house knows of configuration items."""

from meridian.engine.resources import F, Resource
from meridian.holdings.configuration.models import ConfigurationItem
from meridian.holdings.configuration.policies import ConfigurationItemPolicy


class ConfigurationItemResource(Resource):
    model = ConfigurationItem
    address = "configuration-items"
    policy = ConfigurationItemPolicy
    key = "reference"
    order = ("reference",)
    icon = "server"
    # Its difference is that of the row that it stands for, which the trail has.
    audited = False
    stands_for = ("kind", "row_id")
    add = change = remove = None
    fields = (
        F("reference", column=True, form=False, api="r"),
        F("name", column=True, search="A", form=False, api="r"),
        F("kind", column=True, filter=True, form=False, api="r"),
        F("code", search="A", form=False, api="r"),
        F("row_id", form=False, api="r", io=False),
    )
