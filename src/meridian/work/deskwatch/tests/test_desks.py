"""Where desks are, whether they are open, what they have in hand and what they took in."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meridian.work.deskwatch import facade
from meridian.work.deskwatch.facade import desk_marks
from meridian.work.servicedesk import facade as commands
from meridian.work.servicedesk.testing import SmallDesk, agent_actor, small_desk, some_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def test_items_are_counted_where_they_were_taken_in(desk: SmallDesk) -> None:
    item = some_item(desk)
    commands.assign(actor=agent_actor(desk.agent), item=item, team=desk.second)
    group = desk.desk.unit.location_group
    assert facade.count_desks_by_location_group() == {group: 1}
    assert facade.count_requests_by_location_group(timezone.now()) == {group: 1}
    assert facade.last_opening() == item.opened_at


def test_desk_marks_say_where_and_whether_a_desk_is_open(desk: SmallDesk) -> None:
    some_item(desk)
    commands.start(actor=agent_actor(desk.agent), item=some_item(desk))
    moments = {
        "open": datetime(2026, 3, 4, 9, tzinfo=UTC),
        "closing": datetime(2026, 3, 4, 14, 40, tzinfo=UTC),
        "closed": datetime(2026, 3, 7, 9, tzinfo=UTC),
    }
    for state, now in moments.items():
        with CaptureQueriesContext(connection) as captured:
            mark = next(
                mark for mark in desk_marks(now, agent_actor(desk.agent)) if mark.team == desk.desk.pk
            )
        assert len(captured) <= 5
        assert (mark.state, mark.waiting, mark.in_hand) == (state, 1, 1)
    assert mark.changes_at == datetime(2026, 3, 9, 5, tzinfo=UTC)
    assert date(2026, 3, 9).weekday() == 0
