"""Keeping a number series clear of what comes along from elsewhere."""

from collections.abc import Iterable

from meridian.engine.numbering import Series, pass_over


def reserve_numbers(series: Series, numbers: Iterable[str]) -> None:
    """Keep the series clear of these numbers, which items bring along.

    What does not look like a number of the series can't be given by it.
    """
    counts = (number.removeprefix(series.prefix) for number in numbers if number.startswith(series.prefix))
    until = max(
        (int(count) for count in counts if count.isdecimal() and len(count) <= series.digits), default=0
    )
    pass_over(series, until)
