"""The desks at another hour: the log tells yesterday, opening hours and promises tell tomorrow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.work.deskwatch.facade import desk_marks, falling_due, work_then
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.testing import TESTS, SmallDesk, agent_actor, small_desk, some_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> SmallDesk:
    return small_desk()


def live(actor: Actor = TESTS) -> dict[int, tuple[int, int]]:
    marks = desk_marks(timezone.now(), actor)
    return {mark.team: (mark.waiting, mark.in_hand) for mark in marks if mark.waiting or mark.in_hand}


def test_what_the_log_tells_of_an_earlier_hour_is_what_it_was(house: SmallDesk) -> None:
    actor, other = agent_actor(house.agent), small_desk()
    kept, started, moved, solved, cancelled = (some_item(house) for _ in range(5))
    steps = [
        lambda: desk.start(actor=actor, item=started),
        lambda: desk.assign(actor=actor, item=moved, team=other.desk),
        lambda: desk.resolve(actor=actor, item=solved, solution="new cable", resolution="solved"),
        lambda: desk.note(actor=actor, item=kept, text="seen"),
        lambda: desk.reopen(actor=agent_actor(house.requester), item=solved, text="again"),
        lambda: desk.cancel(actor=actor, item=cancelled, reason="twice"),
        lambda: some_item(house),
    ]
    seen = []
    for step in steps:
        seen.append((timezone.now(), live()))
        step()
    for at, was in seen:
        assert work_then(at) == was
    assert work_then(timezone.now()) == live()
    assert work_then(timezone.now() - timedelta(days=1)) == {}


def test_what_falls_due_knows_whether_somebody_is_there(house: SmallDesk) -> None:
    item, now = some_item(house), timezone.now()
    due = [one for one in falling_due(now, item.due_at) if one.item == item.pk]
    assert [(one.team, one.due_at, one.is_asleep) for one in due] == [(house.desk.pk, item.due_at, False)]
    assert falling_due(now, item.due_at - timedelta(seconds=1)) == []
    desk.cancel(actor=agent_actor(house.agent), item=item, reason="twice")
    assert falling_due(now, item.due_at) == []
