"""A calendar takes over the public holidays of its country."""

from datetime import date

import pytest
from house.actors import stage
from house.factory import MAKER, make

from meridian.engine.commands import Refusal
from meridian.registers.calendars.commands import add_calendar_day, observe_holidays
from meridian.registers.calendars.models import Calendar, CalendarDay

pytestmark = pytest.mark.django_db
NEW_YEAR, EASTER_MONDAY = date(2026, 1, 1), date(2026, 4, 6)


def calendar_of(country):
    land = make(Calendar._meta.get_field("country").related_model, code=country)
    return make(Calendar, country=land)


def test_public_holidays_close_and_what_was_kept_before_stays():
    calendar = calendar_of("KE")
    opened = [["08:00", "12:00"]]
    add_calendar_day(actor=MAKER, calendar=calendar, on=NEW_YEAR, intervals=opened)
    made = observe_holidays(actor=MAKER, calendar=calendar, year=2026)
    days = {day.on: day for day in CalendarDay.objects.filter(calendar=calendar)}
    assert len(days) == len(made) + 1 > 8
    assert days[NEW_YEAR].intervals == opened
    assert (days[EASTER_MONDAY].name, days[EASTER_MONDAY].intervals) == ("Easter Monday", [])
    assert observe_holidays(actor=MAKER, calendar=calendar, year=2026) == []


def test_what_no_almanac_knows_is_refused():
    with pytest.raises(Refusal, match="known for 2026"):
        observe_holidays(actor=MAKER, calendar=calendar_of("ZZ"), year=2026)
    with pytest.raises(Refusal, match="which country"):
        observe_holidays(actor=MAKER, calendar=make(Calendar, country=None), year=2026)


def test_whoever_keeps_a_calendar_finds_the_button_where_there_is_a_country():
    client = stage().clients["lord"]
    calendar, homeless = calendar_of("KE"), make(Calendar, country=None)
    assert "/observe/" in client.get(f"/calendars/calendars/{calendar.pk}/").content.decode()
    assert "/observe/" not in client.get(f"/calendars/calendars/{homeless.pk}/").content.decode()
    client.post(f"/calendars/calendars/{calendar.pk}/observe/", {"year": "2026"})
    assert CalendarDay.objects.filter(calendar=calendar, on=EASTER_MONDAY).exists()
