"""What the house knows of calendars."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.registers.calendars import commands
from meridian.registers.calendars.models import Calendar, CalendarDay, CalendarVersion

CALENDAR = everywhere(everyone={"view", "export"})


class CalendarResource(Resource):
    model = Calendar
    address = "calendars"
    policy = CALENDAR
    key = "code"
    order = ("code",)
    related = ("country",)
    icon = "calendar"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("zone", column=True),
        F("country", column=True),
    )
    add, change, remove = commands.add_calendar, commands.change_calendar, commands.remove_calendar
    verbs = (
        Verb(
            commands.observe_holidays,
            _("Take over public holidays"),
            "calendar",
            when=Q(country__isnull=False),
            fields=(Ask("year", _("Year")),),
        ),
    )


class CalendarVersionResource(Resource):
    model = CalendarVersion
    inside = "calendar"
    address = "calendar-versions"
    policy = CALENDAR
    related = ("calendar",)
    titled = ("calendar", "effective_on")
    icon = "calendar"
    in_menu = False
    fields = (F("calendar", column=True), F("effective_on", column=True), F("weekly"))
    add = commands.add_calendar_version
    change = commands.change_calendar_version
    remove = commands.remove_calendar_version


class CalendarDayResource(Resource):
    model = CalendarDay
    inside = "calendar"
    address = "special-days"
    policy = CALENDAR
    related = ("calendar",)
    titled = ("calendar", "on")
    icon = "calendar"
    in_menu = False
    fields = (
        F("calendar", column=True),
        F("on", column=True),
        F("intervals"),
        F("source", column=True),
        F("name", column=True, search="B"),
    )
    add, change, remove = (
        commands.add_calendar_day,
        commands.change_calendar_day,
        commands.remove_calendar_day,
    )
