"""What the house knows of notices."""

from meridian.engine.notices.models import Choice, Notice
from meridian.engine.policies import own
from meridian.engine.resources import F, Resource


class NoticeResource(Resource):
    model = Notice
    address = "notices"
    policy = own(owner_may={"view", "export", "read"}, by_role={"tell", "mark_mailed"})
    order = ("-id",)
    icon = "bell"
    in_menu = False
    add = change = remove = None
    fields = (
        F("account", filter=False, form=False, api="r", io=False),
        F("kind", filter=False, form=False, api="r", io=False),
        F("occasion", form=False, api="", io=False),
        F("text", column=True, form=False, api="r", io=False),
        F("words", form=False, api="r", io=False),
        F("url", form=False, api="r", io=False),
        F("offered", form=False, api="", io=False),
        F("at", column=True, form=False, api="r", io=False),
        F("read_at", column=True, filter=False, form=False, api="r", io=False),
        F("mailed_at", filter=False, form=False, api="", io=False),
    )


class ChoiceResource(Resource):
    model = Choice
    address = "choices-of-notices"
    policy = own(owner_may={"view", "export", "choose"})
    icon = "bell"
    in_menu = False
    add = change = remove = None
    fields = (
        F("account", filter=False, form=False, api="r", io=False),
        F("kind", column=True, filter=False, form=False, api="r", io=False),
        F("way", column=True, filter=False, form=False, api="r", io=False),
    )
