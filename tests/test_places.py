"""Whoever changes something comes back to where they were; rows of a row are edited in its page."""

import io

import openpyxl
import pytest
from django.test import RequestFactory
from house.actors import stage
from house.factory import make

from meridian.engine.pages.places import came_from
from meridian.registers.calendars.models import Calendar, CalendarDay
from meridian.registers.places.models import Site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "asked", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "x/", ""]
)
def test_an_address_of_another_house_is_no_place_to_come_back_to(asked):
    assert came_from(RequestFactory().get("/", {"next": asked}), "/home/") == "/home/"


def test_an_address_of_this_house_is():
    assert came_from(RequestFactory().post("/", {"next": "/places/sites/?q=a"}), "/") == "/places/sites/?q=a"


def test_a_row_inside_of_another_is_added_and_edited_from_its_page_and_leads_back():
    client = stage().clients["lord"]
    calendar = make(Calendar)
    day = make(CalendarDay, calendar=calendar)
    here = f"/calendars/calendars/{calendar.pk}/"
    page = client.get(here).content.decode()
    assert f"/calendars/special-days/{day.pk}/edit/?next=%2Fcalendars%2Fcalendars%2F{calendar.pk}%2F" in page
    assert f"/calendars/special-days/new/?calendar={calendar.pk}&amp;next=" in page
    form = client.get(f"/calendars/special-days/{day.pk}/edit/?next={here}")
    assert f'href="{here}"' in form.content.decode()


def test_many_rows_are_changed_and_the_list_is_as_it_was():
    client = stage().clients["lord"]
    site = make(Site, bandwidth_class="A")
    place = "/places/sites/?q=site&sort=-code"
    sent = {"action": "change", "key": site.pk, "confirmed": "1", "bandwidth_class": "C", "next": place}
    answer = client.post("/places/sites/bulk/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == place


def test_columns_and_order_are_kept_for_one_person_and_views_hold_them():
    house = stage()
    client, other = house.clients["lord"], house.clients["right"]
    make(Site)
    page = "/places/sites/"
    client.post(f"{page}?sort=-name", {"keep": "columns", "column": ["name", "opened_on"]})
    columns = [column.title for column in client.get(page).context["table"].columns]
    assert "Opened on" in columns
    assert "Duty station" not in columns
    assert "Opened on" not in [column.title for column in other.get(page).context["table"].columns]
    view = client.post(f"{page}?q=a", {"keep": "view", "name": "Mine", "shared": "1"})
    assert "columns=" in view["Location"]
    assert "Mine" in other.get(page).content.decode()
    assert client.get(f"{page}?columns=code,nonsense").status_code == 422


def test_columns_stand_in_the_order_in_which_they_are_moved_and_the_first_stays():
    house = stage()
    client, other = house.clients["lord"], house.clients["right"]
    make(Site)
    page = "/places/sites/"

    def shown(query="", by=client):
        return [column.title for column in by.get(f"{page}{query}").context["table"].columns][:4]

    ticked = ["name", "duty_station", "opened_on"]
    moved = client.post(page, {"keep": "columns", "column": ticked, "move": "earlier:opened_on"})
    assert moved["Location"] == f"{page}#columns"
    assert shown() == ["Code", "Name", "Opened on", "Duty station"]
    ticked = ["name", "opened_on", "duty_station"]
    client.post(page, {"keep": "columns", "column": ticked, "move": "later:name"})
    assert shown() == ["Code", "Opened on", "Name", "Duty station"]
    ticked = ["opened_on", "name", "duty_station"]
    client.post(page, {"keep": "columns", "column": ticked, "move": "earlier:opened_on"})
    assert shown() == ["Code", "Opened on", "Name", "Duty station"]
    view = client.post(page, {"keep": "view", "name": "Mine", "shared": "1"})["Location"]
    assert shown(view.removeprefix(page), by=other) == ["Code", "Opened on", "Name", "Duty station"]
    file = next(found for found in client.get(page).context["exports"] if "read" in found["url"])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(file["url"])))).active
    assert [cell.value for cell in sheet[1]][:4] == ["Code", "Opened on", "Name", "Duty station"]
    form = client.get(page).content.decode()
    assert form.index('value="opened_on" checked') < form.index('value="name" checked')
    assert (
        client.post(page, {"keep": "columns", "column": ["name"], "move": "earlier:kind"}).status_code == 422
    )
