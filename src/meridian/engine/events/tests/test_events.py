"""An event is queued with the rows that it is about, and comes out as it went in."""

import dataclasses
import datetime
from decimal import Decimal

import pytest
from house.factory import MAKER
from house.nouns import region
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine import events
from meridian.engine.audit import trail
from meridian.engine.commands import Refusal

pytestmark = pytest.mark.django_db


@dataclasses.dataclass(frozen=True, slots=True)
class Moved:
    row: int
    at: datetime.datetime
    on: datetime.date
    price: Decimal
    until: datetime.datetime | None = None


EVENT = Moved(
    7,
    datetime.datetime(2026, 3, 1, 12, 30, 1, 5, tzinfo=datetime.UTC),
    datetime.date(2026, 3, 1),
    Decimal("1.10"),
)
seen: list[Moved] = []


@pytest.fixture(autouse=True)
def reaction(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {})
    seen.clear()
    return events.reacts_to(Moved)(take_note)


def take_note(event: Moved) -> None:
    seen.append(event)


def queued() -> list[dict]:
    return list(
        ProcrastinateJob.objects.filter(task_name="engine.events.react").values_list("args", flat=True)
    )


def test_an_event_comes_out_as_it_went_in():
    events.publish(EVENT)
    (arguments,) = queued()
    assert seen == []
    events.run_reaction(**arguments)
    assert seen == [EVENT]


def test_the_jobs_of_a_refused_command_are_gone_with_its_rows():
    with pytest.raises(Refusal):
        refused_command()
    assert queued() == []
    assert not ProcrastinateJob.objects.filter(task_name="engine.events.react").exists()


def refused_command() -> None:
    with trail.entry("tests.refused", MAKER):
        events.publish(EVENT)
        assert len(queued()) == 1
        region("EAST")
        region("EAST")


def test_an_event_that_nobody_reacts_to_costs_no_job(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {})
    events.publish(EVENT)
    assert queued() == []


def test_a_reaction_that_is_gone_is_a_fault_that_names_it():
    events.publish(EVENT)
    (arguments,) = queued()
    with pytest.raises(LookupError, match="no.such.reaction"):
        events.run_reaction(**arguments | {"reaction": "no.such.reaction"})


def test_the_catalogue_names_events_and_reactions():
    assert events.catalogue() == [(f"{__name__}.Moved", [f"{__name__}.take_note"])]
