"""Teams and what a desk lead sets."""

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource
from meridian.work.servicedesk.commands import settings as commands
from meridian.work.servicedesk.models import Category, HoldReason, Membership, PriorityCell, Team
from meridian.work.servicedesk.policies import MembershipPolicy, TeamPolicy

SETTING = everywhere(everyone={"view"})


class TeamResource(Resource):
    model = Team
    address = "teams"
    policy = TeamPolicy
    key = "code"
    order = ("code",)
    related = ("unit", "duty_station", "calendar")
    icon = "people"
    menu_of = {"agent": 40}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
        F("unit", column=True),
        F("duty_station", column=True),
        F("calendar", column=True),
        F("languages"),
        F("is_hub", column=True),
        F("is_active"),
    )


class MembershipResource(Resource):
    model = Membership
    address = "team-memberships"
    policy = MembershipPolicy
    related = ("team", "person")
    titled = ("person", "team")
    icon = "people"
    in_menu = False
    fields = (F("team", column=True), F("person", column=True, filter=False), F("is_lead", column=True))


class CategoryResource(Resource):
    model = Category
    address = "categories"
    policy = SETTING
    key = "code"
    order = ("code",)
    related = ("parent",)
    icon = "filter"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("parent", column=True),
    )


class HoldReasonResource(Resource):
    model = HoldReason
    address = "hold-reasons"
    policy = SETTING
    key = "code"
    order = ("code",)
    icon = "hold"
    fields = (
        F("code", column=True),
        F("name", column=True),
        F("pauses_clock", column=True),
        F("needs_note", column=True),
        F("needs_until", column=True),
        F("waits_for_requester", column=True),
    )


class PriorityCellResource(Resource):
    model = PriorityCell
    address = "priority-matrix"
    policy = SETTING
    order = ("impact", "urgency")
    icon = "settings"
    add = remove = None
    fields = (F("impact", column=True), F("urgency", column=True), F("priority", column=True))
    change = commands.change_priority_cell
