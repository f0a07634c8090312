"""Items that came along give back their logs."""

from datetime import UTC, datetime, timedelta

import pytest

from meridian.work.histories.queries.logs import logs_of_imported_items
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import load_history
from meridian.work.servicedesk.testing import TESTS, small_desk, some_item

pytestmark = pytest.mark.django_db


def test_imported_items_give_back_their_log() -> None:
    desk, at = small_desk(), datetime(2016, 2, 29, 1, 16, tzinfo=UTC)
    events = [
        EventRow(at, "opened", {"title": [None, "Old"]}, desk.requester.pk),
        EventRow(at + timedelta(hours=1), "imported", {"state": ["new", "resolved"], "made_sla": False}),
    ]
    load_history(actor=TESTS, histories=[ItemHistory(desk.requester.pk, events, aliases=("0000045",))])
    some_item(desk)
    (log,) = logs_of_imported_items()
    assert [event.type for event in log.events] == ["opened", "imported"]
    assert log.events[1].data["made_sla"] is False
