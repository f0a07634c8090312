"""Work items as the house knows them; the queue and the item page are made by hand."""

from meridian.engine.resources import F, Resource
from meridian.work.servicedesk.commands import add_item, change_item, take_back
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.policies import WorkItemPolicy
from meridian.work.servicedesk.resources.item_verbs import ITEM_VERBS


class WorkItemResource(Resource):
    model = WorkItem
    address = "work-items"
    policy = WorkItemPolicy
    key = "number"
    order = ("-updated_at",)
    related = ("requester", "team", "assignee", "site")
    dated = "opened_at"
    icon = "item"
    state = "state"
    tones = {
        "new": "accent",
        "assigned": "accent",
        "in_progress": "accent",
        "on_hold": "watch",
        "resolved": "good",
        "closed": "still",
        "cancelled": "still",
    }
    abilities = ("attachments",)
    remove = None
    fields = (
        F("number", column=True, search="A", form=False, api="r", io=True),
        F("kind", column=True),
        F("state", column=True, form=False, api="r"),
        F("is_open", form=False, api="r", io=False, audit=False),
        F("title", column=True, search="A"),
        F("language"),
        F("requester", column=True, filter=False),
        F("channel"),
        F("site", filter=False),
        F("team", column=True),
        F("assignee", column=True, filter=False, form=False, api="r"),
        F("category"),
        F("concerns"),
        F("configuration_item", search="C", form=False, api="r"),
        F("impact", filter=False),
        F("urgency", filter=False),
        F("priority", column=True, filter=True, form=False, api="r"),
        F("priority_reason", form=False, api="r"),
        F("hold_reason", filter=False, form=False, api="r"),
        F("hold_until", filter=False, form=False, api="r"),
        F("merged_into", filter=False, form=False, api="r", io=False),
        F("opened_at", form=False, api="r"),
        F("due_at", column=True, form=False, api="r"),
        F("responded_at", filter=False, form=False, api="r"),
        F("resolved_at", filter=False, form=False, api="r"),
        F("closed_at", filter=False, form=False, api="r"),
        F("updated_at", column=True, filter=False, form=False, api="r", audit=False),
        F("resolution", form=False, api="r"),
        F("reopened_count", form=False, api="r", audit=False),
        F("reassigned_count", form=False, api="r", audit=False),
        F("event_count", form=False, api="r", audit=False),
    )
    add, change = add_item, change_item
    verbs = ITEM_VERBS
    undo, undone = take_back, frozenset({"take", "assign", "hold", "change"})
