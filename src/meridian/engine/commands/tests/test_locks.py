"""Two at once: each row is locked in the order of its key, and nobody waits for ever."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from house.factory import MAKER
from house.nouns import Region, add_region, change_region, region

from meridian.engine.commands import Conflict, Refusal, command
from meridian.engine.policies import Actor

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each in a thread of its own, started together; what each gave or raised."""
    start, given = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            start.wait(30)
            given[place] = work()
        except Exception as fault:  # noqa: BLE001 - handed to the test
            given[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return given


def test_rows_named_in_any_order_never_deadlock(spare):
    @command("places.region.mark", on=Region, target="rows")
    def mark(*, actor: Actor, rows: list[Region]) -> None:
        for row in rows:
            row.code = f"{row.code}x"
            row.save()

    rows = [region(f"R{number}") for number in range(6)]

    def repeatedly(order: list[Region]) -> None:
        for _ in range(8):
            mark(actor=MAKER, rows=order)

    assert at_once(lambda: repeatedly(rows), lambda: repeatedly(rows[::-1])) == [None, None]
    assert {row.code.count("x") for row in Region.objects.all()} == {16}
    assert {row.version for row in Region.objects.all()} == {17}


def test_of_two_who_save_the_same_version_one_is_told():
    row = region("EAST")
    given = at_once(
        *(
            lambda code=code: change_region(actor=MAKER, row=row, expected_version=1, code=code)
            for code in "AB"
        )
    )
    assert sorted(type(found).__name__ for found in given) == ["Conflict", "Region"]
    told = next(found for found in given if isinstance(found, Conflict))
    assert told.current.code == Region.objects.get().code
    assert Region.objects.get().version == 2


def test_of_two_who_add_the_same_one_is_refused():
    given = at_once(*(lambda: add_region(actor=MAKER, code="EAST", name={"en": "East"}) for _ in range(2)))
    assert sum(isinstance(found, Refusal) for found in given) == 1
    assert Region.objects.count() == 1
