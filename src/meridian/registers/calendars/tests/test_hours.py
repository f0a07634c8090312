"""Hours that make no sense are refused in words, by every way in; what is kept can be counted with."""

import json
from datetime import date

import pytest
from house.actors import stage
from house.factory import MAKER, make
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.commands import Refusal
from meridian.kernel.working_time import Window
from meridian.registers.calendars.commands import add_calendar_day, add_calendar_version
from meridian.registers.calendars.facade import forget_working_times, working_time
from meridian.registers.calendars.models import Calendar, CalendarDay, CalendarVersion
from meridian.registers.calendars.rules import Nonsense, check_weekly

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
clock = st.builds("{:02}:{:02}".format, st.integers(0, 25), st.integers(0, 61))
openings = st.lists(st.lists(clock | st.just("24:00"), min_size=1, max_size=3) | anything, max_size=3)
weeks = st.dictionaries(st.sampled_from("012345678") | st.text(max_size=2), openings | anything, max_size=4)


@given(weekly=anything | weeks)
def test_hours_either_make_sense_or_are_refused(weekly):
    try:
        check_weekly(weekly)
    except Nonsense:
        return
    json.dumps(weekly)
    assert all(1 <= int(day) <= 7 for day in weekly)
    for found in weekly.values():
        assert all(Window.parse("-".join(pair)) for pair in found)


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ([], "blank"),
        (["1"], "each weekday"),
        ({"0": []}, "“0” is no weekday"),
        ({"Monday": [["08:00", "16:00"]]}, "“Monday” is no weekday"),
        ({"1": "08:00-16:00"}, "is no opening"),
        ({"1": [["8", "16"]]}, "is no opening"),
        ({"1": [["08:00", "08:00"]]}, "is no opening"),
        ({"1": [["25:00", "26:00"]]}, "is no opening"),
        ({"1": [["٠٨:٠٠", "16:00"]]}, "is no opening"),
        ({"1": [["08:00\0", "16:00"]]}, "is no text"),
        ({"1": [["08:00", "16:00"]] * 25}, "at most 24 openings"),
    ],
)
@pytest.mark.django_db
def test_the_sentence_says_what_is_wrong(weekly, said):
    calendar = make(Calendar)
    with pytest.raises(Refusal, match=said) as refused:
        add_calendar_version(actor=MAKER, calendar=calendar, effective_on=date(2026, 1, 1), weekly=weekly)
    assert refused.value.field == "weekly"
    assert not CalendarVersion.objects.filter(calendar=calendar).exists()


@pytest.mark.django_db
def test_a_special_day_is_checked_in_the_same_way():
    calendar = make(Calendar)
    with pytest.raises(Refusal, match="is no opening"):
        add_calendar_day(actor=MAKER, calendar=calendar, on=date(2026, 1, 1), intervals=[["x", "y"]])
    add_calendar_day(actor=MAKER, calendar=calendar, on=date(2026, 1, 1), intervals=[["22:00", "06:00"]])
    assert CalendarDay.objects.filter(calendar=calendar).count() == 1


@pytest.mark.django_db
def test_form_interface_and_file_answer_with_the_sentence():
    client, calendar = stage().clients["lord"], make(Calendar)
    sent = {"calendar": calendar.code, "effective_on": "2026-01-01", "weekly": {"9": []}}
    over_rest = client.post("/api/calendars/calendar-versions", sent, content_type="application/json")
    assert (over_rest.status_code, over_rest.json()["errors"][0]["field"]) == (422, "weekly")
    form = {**sent, "calendar": calendar.pk, "weekly": json.dumps(sent["weekly"])}
    page = client.post("/calendars/calendar-versions/new/", form)
    assert page.status_code == 422
    assert "“9” is no weekday" in page.content.decode()
    assert not CalendarVersion.objects.filter(calendar=calendar).exists()


@pytest.mark.django_db
def test_a_kept_version_opens_the_calendar():
    calendar = make(Calendar, zone="UTC")
    week = {"1": [["22:00", "06:00"], ["08:00", "24:00"]]}
    add_calendar_version(actor=MAKER, calendar=calendar, effective_on=date(2026, 1, 1), weekly=week)
    forget_working_times()
    assert len(working_time(calendar.pk).windows_on(date(2026, 1, 5))) == 2
