"""The whole log replays to the public figures; its dirt is named and nothing is lost."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from meridian.work.histories.contracts import Happening, Incident
from meridian.work.histories.rules import (
    NotTheLog,
    Outcome,
    channel_of,
    figures,
    happenings,
    has_bounced,
    read_log,
    sort_out,
)
from meridian.work.histories.rules.figures import quantile
from meridian.work.histories.rules.lines import HEADER, read_lines

LEVELS = ("impact", "urgency", "priority")


@pytest.fixture(scope="module")
def log() -> list[Incident]:
    return list(read_log())


def outcome_of(incident: Incident) -> Outcome:
    """What the events say, and nothing else."""
    events = happenings(incident)
    columns = apply(events)
    hours = None
    if columns["resolved_at"]:
        hours = (columns["resolved_at"] - columns["opened_at"]) / timedelta(hours=1)
    return Outcome(
        rows=sum("row" in event.facts for event in events),
        reassigned_count=columns["reassigned_count"],
        reopened_count=columns["reopened_count"],
        teams=[event.changes["team"][1] for event in events if "team" in event.changes],
        made_sla=[event.facts["made_sla"] for event in events if "made_sla" in event.facts][-1],
        waited=any(event.changes.get("state", [None, None])[1] == "on_hold" for event in events),
        ci_linked=bool(columns["configuration_item"]),
        by_phone=channel_of(incident) == "phone",
        hours=hours,
        opening_hour=columns["opened_at"].hour,
    )


def apply(events: list[Happening]) -> dict[str, Any]:
    """The columns of the item after all events, each taken from the last event that names it."""
    columns: dict[str, Any] = {"opened_at": events[0].at, "resolved_at": None, "configuration_item": ""}
    columns |= {"reassigned_count": 0, "reopened_count": 0}
    for event in events:
        columns |= {name: after for name, (_, after) in event.changes.items()}
    if columns["resolved_at"]:
        columns["resolved_at"] = datetime.fromisoformat(columns["resolved_at"])
    return columns


def test_the_public_figures_come_out_of_the_events(log: list[Incident]) -> None:
    found = figures(outcome_of(incident) for incident in log)
    assert (found.incidents, found.rows) == (24_918, 141_712)
    assert round(found.never_reassigned, 1) == 54.4
    assert round(found.reassigned_3_or_more, 1) == 11.4
    assert round(found.bounced, 1) == 8.9
    assert round(found.reopened, 2) == 1.10
    assert round(found.sla_missed, 1) == 36.6
    assert round(found.waited, 1) == 23.4
    assert round(found.ci_linked, 1) == 0.2
    assert round(found.median_hours, 1) == 22.1
    assert int(found.p90_hours) == 381
    assert round(found.peak_hour_share, 1) == 12.1
    # Published elsewhere as 98.9; no count over all incidents or all rows of the file gives less than 99.06.
    assert round(found.by_phone, 1) == 99.1


def test_dirt_is_put_aside_with_its_reason(log: list[Incident]) -> None:
    aside = [put for incident in log for put in incident.quarantined]
    reasons = Counter(put.reason for put in aside)
    assert reasons == {
        "The state '-100' is none of the process.": 5,
        "The row is dated before the incident was opened.": 5,
        "The row is out of order: rows that follow it are earlier.": 1,
    }
    assert [put.number for put in aside if "out of order" in put.reason] == ["0000137"]
    assert sum(len(incident.rows) + len(incident.quarantined) for incident in log) == 141_712
    assert all(incident.rows for incident in log)


def test_events_run_forward_from_the_opening_to_the_close(log: list[Incident]) -> None:
    for incident in log:
        events = happenings(incident)
        assert events[0].type == "opened"
        assert all(one.at <= other.at for one, other in zip(events, events[1:], strict=False))
        assert len(events) == 1 + len(incident.rows) + len(incident.quarantined)
        columns, last = apply(events), incident.rows[-1]
        assert columns["state"] == "closed"
        assert columns["reassigned_count"] == last.reassignment_count
        assert columns["reopened_count"] == last.reopen_count
        assert columns["resolved_at"] == last.resolved_at
        assert [columns[name] for name in LEVELS] == [last.impact, last.urgency, last.priority]


@pytest.mark.parametrize(
    ("teams", "bounced"),
    [("", False), ("ABA", True), ("AABBA", True), ("ABCA", False), ("ABCB", True), ("AAA", False)],
)
def test_bouncing_is_going_straight_back(teams: str, bounced: bool) -> None:
    assert has_bounced(teams) is bounced


@given(some.lists(some.floats(0, 1e6), min_size=2, max_size=60))
def test_quantiles_are_those_of_the_standard_library(series: list[float]) -> None:
    ordered = sorted(series)
    expected = quantiles(ordered, n=10, method="inclusive")
    assert quantile(ordered, 0.5) == pytest.approx(expected[4])
    assert quantile(ordered, 0.9) == pytest.approx(expected[8])


def line(number: int, minutes: int, state: str = "Active") -> tuple[int, list[str]]:
    at = datetime(2016, 3, 1, 8, 0, tzinfo=UTC) + timedelta(minutes=minutes)
    words = dict.fromkeys(HEADER, "?")
    words |= {"number": "7", "ident_state": state, "opened_at": "1/3/2016 08:00", "impact": "2"}
    words |= {
        "reassignment_count": "0",
        "reopen_count": "0",
        "sys_mod_count": "0",
        "urgency": "2",
        "priority": "3",
    }
    words |= {"sys_updated_at": f"{at.day}/{at.month}/{at.year} {at:%H:%M}", "made_sla": "true"}
    return number, [words[name] for name in HEADER]


@given(some.lists(some.integers(0, 60), min_size=1, max_size=8))
def test_the_fewest_rows_go_for_time_to_run_forward(minutes: list[int]) -> None:
    incident = sort_out("7", [line(2 + index, minute) for index, minute in enumerate(minutes)])
    kept = [row.updated_at for row in incident.rows]
    assert kept == sorted(kept)
    longest = 0
    for mask in range(1 << len(minutes)):
        chosen = [minute for index, minute in enumerate(minutes) if mask >> index & 1]
        if chosen == sorted(chosen):
            longest = max(longest, len(chosen))
    assert len(kept) == longest
    assert len(kept) + len(incident.quarantined) == len(minutes)


def test_a_row_that_cannot_be_read_is_kept_with_its_words() -> None:
    number, words = line(3, 5)
    words[20] = "high"
    incident = sort_out("7", [line(2, 0), (number, words)])
    assert incident.quarantined[0].words == tuple(words)
    assert "can't be read" in incident.quarantined[0].reason


def test_other_files_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("number,colour\n1,red\n")
    with pytest.raises(NotTheLog, match="Column 2 of other.csv is 'colour' instead of 'ident_state'"):
        list(read_log(other))
    torn = tmp_path / "torn.csv"
    rows = [line(2, 0)[1], ["8", *line(3, 0)[1][1:]], line(4, 0)[1]]
    torn.write_text("\n".join(",".join(words) for words in [HEADER, *rows]))
    with pytest.raises(NotTheLog, match="incident 7 do not stand together"):
        list(read_log(torn))


def test_a_quoted_line_break_leaves_the_numbers_of_lines_true(tmp_path):
    log = tmp_path / "log.csv"
    rows = [HEADER, ['"INC1\nmore"', *HEADER[1:]], ["INC2", *HEADER[1:]]]
    log.write_text("\n".join(",".join(words) for words in rows) + "\n")
    assert [line for line, _words in read_lines(log)] == [2, 4]
