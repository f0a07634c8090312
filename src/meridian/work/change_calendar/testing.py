"""Windows in tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model

from meridian.work.change_calendar.models import ChangeWindow

FIRST = datetime(2030, 1, 1, tzinfo=UTC)
FACTORIES: dict[type[Model], Any] = {
    ChangeWindow: {
        # Each on days of its own: freezes that overlap are refused.
        "starts_at": lambda number: FIRST + timedelta(days=2 * (number % 20_000)),
        "ends_at": lambda number: FIRST + timedelta(days=2 * (number % 20_000) + 1),
    },
}
