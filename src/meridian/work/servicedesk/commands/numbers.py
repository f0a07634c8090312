"""Keeping the number series clear of what comes along from elsewhere."""

from collections.abc import Iterable

from meridian.engine.numbering import pass_over
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.queries.numbers import SERIES


def reserve_incident_numbers(numbers: Iterable[str]) -> None:
    """Keep the series of incidents clear of these numbers, which other items bring along.

    What does not look like a number of the series can't be given by it.
    """
    series = SERIES[Kind.INCIDENT.value]
    counts = (number.removeprefix(series.prefix) for number in numbers if number.startswith(series.prefix))
    until = max(
        (int(count) for count in counts if count.isdecimal() and len(count) <= series.digits), default=0
    )
    pass_over(series, until)
