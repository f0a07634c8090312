"""A small desk for tests: two teams, their people, and actors for each kind of person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client

from meridian.engine.audit import trail
from meridian.engine.policies import Actor, Grant, system_actor
from meridian.registers.calendars.facade import forget_working_times
from meridian.work.servicedesk.commands import add_item
from meridian.work.servicedesk.models import (
    HoldReason,
    Membership,
    Message,
    Number,
    PriorityCell,
    Team,
    WorkEvent,
    WorkItem,
)
from meridian.work.servicedesk.models.references import Person, Site
from meridian.work.servicedesk.queries.settings import forget_settings

TESTS = system_actor("tests")
AGENT_ROLE = frozenset({"servicedesk.workitem.*"})
_count = count(1)


@dataclass(frozen=True, slots=True)
class SmallDesk:
    """`agent` and `lead` work in `desk`, `resolver` in `second`; `requester` asked, `stranger` did not."""

    desk: Team
    second: Team
    site: Any
    requester: Any
    stranger: Any
    agent: Any
    lead: Any
    resolver: Any


def small_desk() -> SmallDesk:
    """Lay out places, units, a calendar open around the week, two teams and five people."""
    forget_working_times()
    forget_settings()
    mark = next(_count)
    with trail.entry("testing.arrange", TESTS):
        station = _station(mark)
        calendar = _calendar(mark)
        site = Site.objects.create(
            code=f"SITE-{mark}", name="Depot", duty_station=station, bandwidth_class="C"
        )
        teams = [
            Team.objects.create(
                code=f"T{mark}-{name}",
                name=f"{name} desk",
                unit=_unit(f"U{mark}-{name}"),
                duty_station=station,
                calendar=calendar,
                kind=kind,
            )
            for name, kind in (("First", "desk"), ("Second", "resolver"))
        ]
        people = [_person(mark, name, site) for name in ("Amina", "Boris", "Chen", "Dalia", "Emil")]
        for team, person in ((teams[0], people[2]), (teams[0], people[3]), (teams[1], people[4])):
            Membership.objects.create(team=team, person=person)
    return SmallDesk(teams[0], teams[1], site, *people)


def _station(mark: int) -> Any:
    station: Any = Team._meta.get_field("duty_station").related_model
    country = station._meta.get_field("country").related_model
    region = country._meta.get_field("region").related_model
    # A letter and a digit, which no country and no other maker of rows has.
    code = f"{chr(65 + mark % 26)}{mark // 26 % 10}"
    land, _made = country.objects.get_or_create(
        code=code,
        defaults={
            "name": {"en": f"Country {mark}"},
            "region": region.objects.create(code=f"R{mark}", name={"en": f"Region {mark}"}),
        },
    )
    return station.objects.create(
        code=f"ST-{mark}",
        name={"en": f"Town {mark}"},
        country=land,
        location_group="missions",
        zone="Africa/Nairobi",
        latitude="-1.29",
        longitude="36.82",
    )


def _calendar(mark: int) -> Any:
    calendars: Any = Team._meta.get_field("calendar").related_model
    calendar = calendars.objects.create(code=f"CAL-{mark}", name={"en": "Office"}, zone="Africa/Nairobi")
    weekly = {str(weekday): [["08:00", "18:00"]] for weekday in range(1, 6)}
    calendar.versions.create(effective_on=date(2000, 1, 1), weekly=weekly)
    return calendar


def _unit(code: str) -> Any:
    units: Any = Team._meta.get_field("unit").related_model
    unit = units.objects.create(code=code, name={"en": code}, starts_on=date(2000, 1, 1))
    units.objects.filter(pk=unit.pk).update(path=f"{unit.pk}/")
    unit.path = f"{unit.pk}/"
    return unit


def _person(mark: int, given_name: str, site: Any) -> Any:
    return Person.objects.create(
        number=f"{mark}-{given_name}",
        given_name=given_name,
        family_name="Testov",
        email=f"{given_name.lower()}.{mark}@example.org",
        site=site,
    )


def requester_actor(person: Any) -> Actor:
    """Somebody signed in without any role."""
    return Actor(account_id=person.pk, person_id=person.pk, label=str(person))


def agent_actor(person: Any, team: Team | None = None) -> Actor:
    """Somebody with the agent's role at the unit of `team`, everywhere without one."""
    path = team.unit.path if team else ""
    return Actor(person.pk, person.pk, str(person), (Grant(AGENT_ROLE, path),))


def some_item(desk: SmallDesk, **particulars: Any) -> WorkItem:
    """An incident of the desk's requester, as an agent on the telephone takes it down."""
    given = {"title": "No signal", "text": "The link is down.", **particulars}
    return add_item(actor=agent_actor(desk.agent), requester=desk.requester, **given)


def further_number(item: WorkItem, alias: str) -> None:
    """Make the item known by a further number."""
    with trail.entry("testing.arrange", TESTS):
        Number.objects.create(alias=alias, item=item)


def hold_reason(code: str = "requester") -> HoldReason:
    return HoldReason.objects.get(code=code)


def account_of(person: Any, *permissions: str) -> Any:
    """An account for signing in as this person, with the permissions everywhere."""
    accounts = get_user_model()
    holdings: Any = accounts._meta.get_field("holdings").related_model
    roles = holdings._meta.get_field("role").related_model
    with trail.entry("testing.arrange", TESTS):
        account = accounts.objects.create(username=person.email, person=person)
        if permissions:
            role = roles.objects.create(
                code=f"R{account.pk}", name={"en": "Role"}, permissions=list(permissions)
            )
            holdings.objects.create(account=account, role=role)
    return account


def signed_in(account: Any) -> Client:
    """A client with a session of the account."""
    client = Client()
    with trail.entry("testing.sign_in", TESTS):
        client.force_login(account)
    return client


def _stored_item(make: Callable[..., Any], number: int, **values: Any) -> WorkItem:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    given = {
        "number": f"TEST{number}",
        "kind": "incident",
        "title": f"Trouble {number}",
        "requester": make(Person),
        "team": make(Team),
        "opened_at": at,
        "due_at": at,
        "updated_at": at,
    }
    return WorkItem.objects.create(**{**given, **values})


def _stored_message(make: Callable[..., Any], number: int, **values: Any) -> Message:
    event = values.pop("event", None) or make(WorkEvent, type="noted")
    given = {"item": event.item, "visibility": "internal", "text": "words", **values}
    return Message.objects.create(event=event, **given)


def _stored_cell(make: Callable[..., Any], number: int, **_values: Any) -> PriorityCell:
    """The matrix is complete from the start, so that a cell can only be taken from it."""
    return PriorityCell.objects.order_by("pk")[number % 16]


FACTORIES: dict[type[Model], Any] = {
    WorkItem: _stored_item,
    WorkEvent: {"sequence": lambda number: number},
    Message: _stored_message,
    PriorityCell: _stored_cell,
}
