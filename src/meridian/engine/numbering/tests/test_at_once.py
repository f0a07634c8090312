"""Many who take numbers at once never get the same."""

import threading

import pytest
from django.db import connection

from meridian.engine.numbering import Series, next_number, next_numbers, pass_over

SERIES = Series("INC")


@pytest.mark.django_db(transaction=True)
def test_no_number_is_given_twice():
    given: list[str] = []

    def take() -> None:
        try:
            for _ in range(20):
                given.extend([next_number(SERIES), *next_numbers(SERIES, 3)])
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(given) == len(set(given)) == 320


@pytest.mark.django_db
def test_numbers_that_came_along_are_passed_over():
    until = int(next_number(SERIES)[3:]) + 10
    pass_over(SERIES, until)
    assert next_number(SERIES) == SERIES.text(until + 1)
    pass_over(SERIES, 1)
    assert next_number(SERIES) == SERIES.text(until + 2)
