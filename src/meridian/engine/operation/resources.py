"""What the house knows of its own trail, and of errands."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit.models import Change, Entry
from meridian.engine.errands.commands import stop_errand
from meridian.engine.errands.models import UNDER_WAY, Errand, State
from meridian.engine.operation.policies import ChangePolicy, ErrandPolicy, TrailPolicy
from meridian.engine.resources import F, Mention, Resource, Verb, resources


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


class ErrandResource(Resource):
    model = Errand
    address = "errands"
    pages = {"list": "pages.errands.ErrandList", "detail": "pages.errands.ErrandPage"}
    policy = ErrandPolicy
    order = ("-id",)
    icon = "clock"
    # How far it is is written twice a second. That it was asked for and stopped is in the trail.
    audited = False
    add = change = remove = None
    state = "state"
    tones = {
        State.WAITING: "still",
        State.RUNNING: "accent",
        State.DONE: "good",
        State.REFUSED: "bad",
        State.FAILED: "bad",
        State.STOPPED: "still",
    }
    fields = (
        F("account", filter=False, form=False, api="", io=False),
        F("title", column=True, form=False, api="r", io=False),
        F("state", column=True, filter=True, form=False, api="r", io=False),
        F("rows_done", column=True, filter=False, form=False, api="r", io=False),
        F("rows_total", column=True, filter=False, form=False, api="r", io=False),
        F("asked_at", column=True, filter=False, form=False, api="r", io=False),
        F("began_at", filter=False, form=False, api="r", io=False),
        F("ended_at", column=True, filter=False, form=False, api="r", io=False),
        F("why", form=False, api="r", io=False),
        F("result", form=False, api="r", io=False),
        F("file_name", form=False, api="r", io=False),
        F("file_type", filter=False, form=False, api="", io=False),
        F("size_bytes", filter=False, form=False, api="r", io=False),
        F("kind", filter=False, form=False, api="", io=False),
        F("arguments", form=False, api="", io=False),
        F("scopes", filter=False, form=False, api="", io=False),
        F("language", filter=False, form=False, api="", io=False),
        F("zone", filter=False, form=False, api="", io=False),
        F("digest", filter=False, form=False, api="", io=False),
        F("place", filter=False, form=False, api="", io=False),
        F("tries", filter=False, form=False, api="", io=False),
    )
    verbs = (Verb(stop_errand, _("Stop"), "close", when=Q(state__in=UNDER_WAY), danger=True),)


def _referring(resource: type[Resource]) -> dict[str, Mention]:
    fields: Any = resource.model._meta.concrete_fields
    return {field.column: Mention(field.related_model) for field in fields if field.is_relation}
