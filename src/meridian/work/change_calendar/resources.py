"""What the house knows of the calendar of changes."""

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource
from meridian.work.change_calendar import commands
from meridian.work.change_calendar.models import ChangeWindow, WindowScope

SETTING = everywhere(everyone={"view"})


class ChangeWindowResource(Resource):
    model = ChangeWindow
    address = "windows"
    policy = SETTING
    key = "code"
    order = ("-starts_at",)
    related = ("region",)
    icon = "calendar"
    dated = "starts_at"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("type", column=True),
        F("hardness", column=True),
        F("starts_at", column=True),
        F("ends_at", column=True),
        F("exempt"),
        F("region", column=True),
    )
    add, change = commands.add_window, commands.change_window


class WindowScopeResource(Resource):
    model = WindowScope
    address = "window-scopes"
    policy = SETTING
    related = ("window", "concerns")
    titled = ("window", "concerns")
    inside = "window"
    in_menu = False
    fields = (F("window", column=True), F("concerns", column=True, filter=False))
