"""Keeping working time."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command, standard_commands
from meridian.engine.policies import Actor
from meridian.registers.calendars.models import Calendar, CalendarDay, CalendarVersion
from meridian.registers.calendars.rules import public_holidays

add_calendar, change_calendar, remove_calendar = standard_commands(Calendar)
add_calendar_version, change_calendar_version, remove_calendar_version = standard_commands(CalendarVersion)
add_calendar_day, change_calendar_day, remove_calendar_day = standard_commands(CalendarDay)

PUBLIC_HOLIDAY = "public holiday"


@command("calendars.calendar.observe", on=Calendar, target="calendar")
def observe_holidays(*, actor: Actor, calendar: Calendar, year: int) -> list[CalendarDay]:
    """Close the calendar on the public holidays of its country in a year; days already kept stay."""
    if calendar.country is None:
        raise Refusal(_("Say first of which country this calendar keeps the public holidays."), "country")
    known = public_holidays(calendar.country.code, year)
    if not known:
        raise Refusal(
            _("No public holidays of %(country)s are known for %(year)d: enter them as special days.")
            % {"country": calendar.country, "year": year},
            "year",
        )
    kept = set(CalendarDay.objects.filter(calendar=calendar, on__in=known).values_list("on", flat=True))
    length = CalendarDay._meta.get_field("name").max_length
    return CalendarDay.objects.bulk_create(
        CalendarDay(calendar=calendar, on=day, name=name[:length], source=PUBLIC_HOLIDAY)
        for day, name in sorted(known.items())
        if day not in kept
    )
