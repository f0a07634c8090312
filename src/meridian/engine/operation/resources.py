"""What the house knows of its own trail."""

from collections.abc import Callable, Mapping
from typing import Any

from meridian.engine.audit.models import Change, Entry
from meridian.engine.operation.policies import ChangePolicy, TrailPolicy
from meridian.engine.resources import F, Mention, Resource, resources


class EntryResource(Resource):
    model = Entry
    address = "audit-entries"
    pages = {"list": "pages.trail.EntryList", "detail": "pages.trail.EntryPage"}
    policy = TrailPolicy
    order = ("-id",)
    icon = "history"
    in_menu = False
    audited = False
    add = change = remove = None
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
    address = "changes"
    pages = {"list": "pages.trail.ChangeList", "detail": "pages.trail.ChangePage"}
    policy = ChangePolicy
    order = ("-id",)
    related = ("entry",)
    icon = "history"
    in_menu = False
    audited = False
    add = change = remove = None
    fields = (
        F("entry", column=True, filter=True, form=False, api="r"),
        F("table", column=True, filter=True, form=False, api="r"),
        F("row_id", column=True, filter=True, form=False, api="r"),
        F("operation", column=True, filter=True, form=False, api="r"),
        F("before", form=False, api="r"),
        F("after", column=True, form=False, api="r"),
    )

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, Mention]:
        """What the changed columns of the row's table refer to."""
        if name not in ("before", "after"):
            return {}
        table = value_of("table")
        return next((_referring(found) for found in resources() if found.model._meta.db_table == table), {})


def _referring(resource: type[Resource]) -> dict[str, Mention]:
    fields: Any = resource.model._meta.concrete_fields
    return {field.column: Mention(field.related_model) for field in fields if field.is_relation}
