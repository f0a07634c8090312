"""How often hours are counted for the desks: once for what calendars say, however often somebody looks."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from meridian.engine.audit import trail
from meridian.kernel.working_time import BLOCK_SECONDS, WorkingCalendar
from meridian.registers.calendars import facade as calendars
from meridian.work.deskwatch.facade import desk_marks, open_desks_by_hour
from meridian.work.servicedesk.testing import TESTS, SmallDesk, agent_actor, small_desk

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often a block of 28 days was counted, by the block."""
    counts: Counter[int] = Counter()
    count = WorkingCalendar._stretches

    def counting(self: WorkingCalendar, block: int) -> list[tuple[int, int]]:
        counts[block] += 1
        return count(self, block)

    monkeypatch.setattr(WorkingCalendar, "_stretches", counting)
    return counts


def look(desk: SmallDesk) -> None:
    desk_marks(WEDNESDAY, agent_actor(desk.agent))
    open_desks_by_hour(WEDNESDAY + timedelta(hours=hour) for hour in range(-24, 25))


def a_minute_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    later = calendars.time.monotonic() + calendars.KEPT_SECONDS + 1
    monkeypatch.setattr(calendars.time, "monotonic", lambda: later)


def test_hours_are_counted_once_and_no_further_than_the_next_change(
    counted: Counter[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = small_desk()
    look(desk)
    assert counted == {int(WEDNESDAY.timestamp()) // BLOCK_SECONDS: 1}
    a_minute_passes(monkeypatch)
    look(desk)
    assert counted.total() == 1


def test_desks_with_the_same_hours_are_counted_together(counted: Counter[int]) -> None:
    first, second = small_desk(), small_desk()
    assert first.desk.calendar_id != second.desk.calendar_id
    look(second)
    assert counted.total() == 1


def test_a_change_is_counted_when_the_minute_is_over(
    counted: Counter[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = small_desk()
    look(desk)
    with trail.entry("testing.arrange", TESTS):
        desk.desk.calendar.days.create(on=date(2026, 3, 4), intervals=[])
    a_minute_passes(monkeypatch)
    marks = desk_marks(WEDNESDAY, agent_actor(desk.agent))
    assert next(mark.state for mark in marks if mark.team == desk.desk.pk) == "closed"
    assert counted.total() == 2
