"""A log that comes in pieces, overlapping and in any order, ends as one that came at once."""

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from meridian.kernel.event_logs.mapping import understood
from meridian.work.histories.commands import take_in
from meridian.work.histories.models import Intake, LoggedCase
from meridian.work.histories.queries.flow import flow, log_called
from meridian.work.items.contracts.folding import columns_of
from meridian.work.servicedesk.facade import WorkItem, check_folds, note, resolve
from meridian.work.servicedesk.testing import TESTS, agent_actor, small_desk

pytestmark = pytest.mark.django_db
SEEDS = range(200) if os.environ.get("MERIDIAN_SOAK") else range(2)
CASES = 25
MAPPING = understood(
    """
format: csv
kind: incident
number: No
at: {attribute: When, pattern: "%Y-%m-%d %H:%M"}
state: What
states: {Open: new, Given: assigned, Work: in_progress, Hold: waiting, Solved: resolved, Done: closed,
  Off: cancelled}
group: Team
country: Land
line: Line
subject: Topic
requester: Mail
impact: Impact
product: Thing
"""
)
HEADER = ("No", "When", "What", "Team", "Land", "Line", "Topic", "Mail", "Impact", "Thing", "Note")
STATES = ("Open", "Given", "Work", "Hold", "Solved", "Done", "Off", "Gone")
Row = tuple[str, ...]


def whole_log(chance: random.Random) -> list[Row]:
    """Lines of some cases: several of one instant, unknown states, some alike but for a word unmapped."""
    rows = []
    for case in range(CASES):
        for line in range(chance.randint(1, 9)):
            at = f"2024-03-{chance.randint(1, 3):02} 0{chance.randint(0, 9)}:00"
            said = [chance.choice(("", "a", "b")) for _column in range(3)]
            words = (chance.choice(("", "Printer")), chance.choice(("", "x@old.example")))
            rest = (chance.choice(("", "1", "High", "4")), chance.choice(("", "P1")), f"{case}.{line}")
            rows.append((f"C{case}", at, chance.choice(STATES), *said, *words, *rest))
    return rows


def pieces(chance: random.Random, rows: list[Row]) -> list[list[Row]]:
    """Three files that overlap; lines of one case and instant stay together, which tells their order."""
    units: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        units[row[:2]].append(row)
    files: list[list[Row]] = [[], [], []]
    for unit in sorted(units.values(), key=lambda _unit: chance.random()):
        for place in chance.sample(range(3), chance.choice((1, 1, 2, 3))):
            files[place] += unit
    return files


def imported(folder: Path, name: str, rows: list[Row]) -> None:
    path = folder / "piece.csv"
    path.write_text("".join(";".join(row) + "\n" for row in (HEADER, *rows)), encoding="utf-8")
    totals = take_in(actor=TESTS, path=path, mapping=MAPPING, name=name).totals
    assert totals.read == totals.loaded + totals.quarantined == len(rows)


def stands(name: str) -> dict[str, Any]:
    """All that stands of a log: each case, how it flowed, and every column of its item."""
    return {case.number: list(_told(case)) for case in cases_of(name)}


def cases_of(name: str) -> Any:
    return LoggedCase.objects.filter(log__name=name).select_related("item__team", "item__requester")


def _told(case: LoggedCase) -> Iterator[tuple[str, Any]]:
    for column in ("events", "first_at", "last_at", "hours", "requester", "changes_country"):
        yield column, getattr(case, column)
    for column in ("bounces_country", "stays_in_one_line", "waited"):
        yield column, getattr(case, column)
    for column in columns_of(WorkItem.folded):
        value = getattr(case.item, column)
        # Each log has groups of its own, and names itself where a case has no subject.
        if column == "title":
            value = value.removesuffix(f" · {case.log.name}")
        yield column, str(value) if column == "team" else value


@pytest.mark.parametrize("seed", SEEDS)
def test_pieces_in_any_order_end_as_the_whole(tmp_path: Path, seed: int) -> None:
    desk, chance = small_desk(), random.Random(seed)
    rows = whole_log(chance)
    first, *later = pieces(chance, rows)
    imported(tmp_path, "pieces", first)
    noted = [case.number for case in cases_of("pieces") if case.item.is_open][:3]
    for number in noted:
        take_note(desk, "pieces", number)
    for piece in later:
        imported(tmp_path, "pieces", piece)
    imported(tmp_path, "whole", rows)
    for number in noted:
        take_note(desk, "whole", number)
    found, wanted = stands("pieces"), stands("whole")
    assert found.keys() == wanted.keys()
    for number, columns in wanted.items():
        left_out = {"updated_at"} if number in noted else set()
        for (column, value), (_column, other) in zip(columns, found[number], strict=True):
            assert column in left_out or value == other, (number, column)
    assert check_folds(1_000)[1] == []
    told = [flow(log) for log in map(log_called, ("pieces", "whole")) if log is not None]
    assert [replace(one, log="") for one in told][:1] == [replace(one, log="") for one in told][1:]
    before = stands("pieces")
    imported(tmp_path, "pieces", rows)
    assert stands("pieces") == before
    assert Intake.objects.latest("pk").loaded == 0


def take_note(desk: Any, name: str, number: str) -> None:
    item = cases_of(name).get(number=number).item
    note(actor=agent_actor(desk.agent), item=item, text="It came along from the old desk.")


def test_what_the_desk_did_since_stands_over_older_lines(tmp_path: Path) -> None:
    desk = small_desk()
    rows = [("1", f"2024-03-0{day} 08:00", state, "a", "", "", "", "", "", "", "") for day, state in
            ((1, "Open"), (2, "Work"), (3, "Hold"), (4, "Given"))]  # fmt: skip
    imported(tmp_path, "pieces", rows[1:2])
    item = cases_of("pieces").get().item
    resolve(actor=agent_actor(desk.agent), item=item, solution="Done here.")
    imported(tmp_path, "pieces", rows)
    after = WorkItem.objects.get(pk=item.pk)
    assert (after.state, after.event_count, after.opened_at.day) == ("resolved", 5, 1)
    assert after.resolved_at is not None
    assert after.hold_reason is None
    assert check_folds(10) == (1, [])
