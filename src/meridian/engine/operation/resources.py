"""What the house knows of its own trail."""

from meridian.engine.audit.models import Change, Entry
from meridian.engine.operation.policies import TrailPolicy
from meridian.engine.resources import F, Resource


class EntryResource(Resource):
    model = Entry
    policy = TrailPolicy
    order = ("-id",)
    icon = "history"
    in_menu = False
    audited = False
    fields = (
        F("command", column=True, filter=True, form=False, api="r"),
        F("actor_label", column=True, filter=True, form=False, api="r"),
        F("at", column=True, form=False, api="r"),
        F("channel", column=True, filter=True, form=False, api="r"),
        F("reason", column=True, filter=False, form=False, api="r"),
        F("actor_id", filter=False, form=False, api="r"),
        F("request", filter=False, form=False, api="r"),
    )


class ChangeResource(Resource):
    model = Change
    policy = TrailPolicy
    order = ("-id",)
    related = ("entry",)
    icon = "history"
    in_menu = False
    audited = False
    fields = (
        F("entry", column=True, filter=True, form=False, api="r"),
        F("table", column=True, filter=True, form=False, api="r"),
        F("row_id", column=True, filter=True, form=False, api="r"),
        F("operation", column=True, filter=True, form=False, api="r"),
        F("before", column=True, form=False, api="r"),
        F("after", column=True, form=False, api="r"),
    )
