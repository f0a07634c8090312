"""An event of the tests."""

import datetime
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Moved:
    row: int
    at: datetime.datetime
    on: datetime.date
    price: Decimal
    until: datetime.datetime | None = None
