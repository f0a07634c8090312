"""What the house knows of routing."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import F, Panel, Resource
from meridian.work.routing.models import RouteRule, Routing

WEIGHT_FIELDS = (
    "weight_language",
    "weight_skill",
    "weight_affinity",
    "weight_site",
    "weight_load",
    "weight_time",
)


class RouteRuleResource(Resource):
    model = RouteRule
    address = "rules"
    policy = everywhere()
    order = ("place",)
    key = "place"
    related = ("team", "category", "skill", "duty_station")
    titled = ("place", "name")
    icon = "split"
    panels = (
        Panel(_("Rule"), ("place", "name", "is_active")),
        Panel(_("Which items"), ("kind", "category", "language", "duty_station", "priority_until")),
        Panel(_("Who may have them"), ("team", "skill", "must_speak", "most_in_hand", "hours_needed")),
        Panel(_("What counts"), WEIGHT_FIELDS),
    )
    fields = (
        F("place", column=True),
        F("name", column=True, search="A"),
        F("is_active", column=True),
        F("kind", column=True),
        F("category", column=True),
        F("language"),
        F("duty_station"),
        F("priority_until", column=True),
        F("team", column=True),
        F("skill", column=True),
        F("must_speak"),
        F("most_in_hand"),
        F("hours_needed"),
        *(F(name) for name in WEIGHT_FIELDS),
    )


class RoutingResource(Resource):
    model = Routing
    address = "routings"
    policy = by_unit("team__unit")
    order = ("-routed_at", "id")
    related = ("item", "rule", "team", "person")
    titled = ("item",)
    dated = "routed_at"
    state = "state"
    tones = {"routed": "good", "unroutable": "bad"}
    fields = (
        F("item", column=True),
        F("rule", column=True),
        F("state", column=True),
        F("team", column=True),
        F("person", column=True),
        F("routed_at", column=True),
        F("candidates", api="", io=False),
    )
    add = change = remove = None
