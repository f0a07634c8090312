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
from meridian.engine.events.jobs import react, react_to_all
from meridian.engine.events.tests.events import Moved
from meridian.engine.modules import NO_SECTION, Module, Reaction
from meridian.engine.modules.registry import take_in, taken_in

PACKAGE = "meridian.engine.events.tests"
pytestmark = pytest.mark.django_db


EVENT = Moved(
    7,
    datetime.datetime(2026, 3, 1, 12, 30, 1, 5, tzinfo=datetime.UTC),
    datetime.date(2026, 3, 1),
    Decimal("1.10"),
)
seen: list[Moved] = []


@pytest.fixture(autouse=True)
def told():
    """A module whose manifest names two reactions, one of them to early days alone."""
    seen.clear()
    reactions = (
        Reaction("tests.Moved", "test_events.take_note"),
        Reaction("tests.Moved", "test_events.take_note_of_early", when="test_events.is_early"),
    )
    known = taken_in()
    take_in([*known, (PACKAGE, Module("tests", "Tests", NO_SECTION, reactions=reactions))])
    yield
    take_in(known)


def is_early(event: Moved) -> bool:
    return event.on < datetime.date(2026, 1, 1)


def take_note_of_early(event: Moved) -> None:
    raise AssertionError("is not early")


def take_note(event: Moved) -> None:
    seen.append(event)


def queued() -> list[dict]:
    return list(ProcrastinateJob.objects.filter(task_name=events.REACT).values_list("args", flat=True))


def test_an_event_comes_out_as_it_went_in():
    events.publish(EVENT)
    (arguments,) = queued()
    assert seen == []
    react(**arguments)
    assert seen == [EVENT]


def test_the_jobs_of_a_refused_command_are_gone_with_its_rows():
    with pytest.raises(Refusal):
        refused_command()
    assert queued() == []
    assert not ProcrastinateJob.objects.filter(task_name=events.REACT).exists()


def refused_command() -> None:
    with trail.entry("tests.refused", MAKER):
        events.publish(EVENT)
        assert len(queued()) == 1
        region("EAST")
        region("EAST")


def test_an_event_that_nobody_reacts_to_costs_no_job():
    take_in([])
    events.publish(EVENT)
    assert queued() == []


def test_a_reaction_that_is_gone_is_a_fault_that_names_it():
    events.publish(EVENT)
    (arguments,) = queued()
    with pytest.raises(LookupError, match="no.such.reaction"):
        react(**arguments | {"reaction": "no.such.reaction"})


def test_the_catalogue_names_events_and_reactions():
    assert ("tests.Moved", ["tests.take_note", "tests.take_note_of_early"]) in events.catalogue()


def test_many_events_are_heard_in_batches_and_one_that_fails_is_tried_again_alone():
    early = dataclasses.replace(EVENT, on=datetime.date(2025, 1, 1))
    events.publish(*[EVENT] * 150, early)
    assert queued() == []
    rows = ProcrastinateJob.objects.filter(task_name=events.REACT_TO_ALL).order_by("pk")
    batches = list(rows.values_list("args", "priority"))
    assert [(len(told["events"]), priority < 0) for told, priority in batches] == [
        (100, True),
        (51, True),
        (1, True),
    ]
    for told, _priority in batches:
        react_to_all(**told)
    assert len(seen) == 151
    (alone,) = queued()
    assert (alone["reaction"].rpartition(".")[2], alone["event"]["on"]) == (
        "take_note_of_early",
        "2025-01-01",
    )
