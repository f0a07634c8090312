"""Read the incidents of the log and put its dirt aside with a reason."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from meridian.kernel.event_logs.faults import NotTheLog
from meridian.work.histories.contracts import Incident, LogRow, Quarantined
from meridian.work.histories.rules.lines import HEADER, LOG_FILE, read_lines

KEPT_INSTANTS = 65_536
STATES = {
    "New": "new",
    "Active": "in_progress",
    "Awaiting User Info": "on_hold",
    "Awaiting Vendor": "on_hold",
    "Awaiting Problem": "on_hold",
    "Awaiting Evidence": "on_hold",
    "Resolved": "resolved",
    "Closed": "closed",
}


def read_log(path: Path = LOG_FILE) -> Iterator[Incident]:
    """The incidents of a log (CSV, or a ZIP with one), in its order; memory holds one incident.

    Raises `NotTheLog` for a file without the columns of `HEADER`, and where the rows of an incident
    don't stand together.
    """
    finished: set[str] = set()
    for number, lines in groupby(read_lines(path), key=lambda line: line[1][0]):
        if number in finished:
            raise NotTheLog(f"The rows of incident {number} do not stand together in {path.name}.")
        finished.add(number)
        yield sort_out(number, list(lines))


def sort_out(number: str, lines: list[tuple[int, list[str]]]) -> Incident:
    """An incident from its lines: what can't be replayed is put aside with the reason.

    Put aside are rows that can't be read, rows of a state that the process doesn't know, rows dated
    before the incident was opened, and the fewest rows that must go for time not to run backwards.
    """
    rows: list[LogRow] = []
    aside: list[Quarantined] = []
    for line, row_words in lines:
        try:
            row = parse_row(line, row_words)
        except ValueError as fault:
            aside.append(Quarantined(line, number, tuple(row_words), f"The row can't be read: {fault}."))
            continue
        if reason := row_fault(row):
            aside.append(Quarantined(line, number, tuple(row_words), reason))
        else:
            rows.append(row)
    kept = rows
    if any(one.updated_at > other.updated_at for one, other in pairwise(rows)):
        words, kept = dict(lines), longest_in_order(rows)
        for row in rows:
            if row not in kept:
                reason = "The row is out of order: rows that follow it are earlier."
                aside.append(Quarantined(row.line, number, tuple(words[row.line]), reason))
    return Incident(number, tuple(kept), tuple(sorted(aside, key=lambda put: put.line)))


def row_fault(row: LogRow) -> str:
    """Why a row can't be replayed by itself, "" when it can."""
    if row.state not in STATES:
        return f"The state {row.state!r} is none of the process."
    if row.updated_at < row.opened_at:
        return "The row is dated before the incident was opened."
    return ""


def longest_in_order(rows: list[LogRow]) -> list[LogRow]:
    """The longest part of `rows` whose instants never fall; of equals, the one with the latest rows."""
    best: list[tuple[int, int]] = []
    for index, row in enumerate(rows):
        before = [
            (best[earlier][0], earlier)
            for earlier in range(index)
            if rows[earlier].updated_at <= row.updated_at
        ]
        length, previous = max(before, default=(0, -1))
        best.append((length + 1, previous))
    kept: list[LogRow] = []
    at = max(range(len(best)), key=lambda index: (best[index][0], index), default=-1)
    while at >= 0:
        kept.append(rows[at])
        at = best[at][1]
    return kept[::-1]


@lru_cache(KEPT_INSTANTS)
def parse_instant(word: str) -> datetime:
    """`29/2/2016 01:16`, day first, as an instant in UTC."""
    day, clock = word.split(" ")
    date, month, year = day.split("/")
    hour, minute = clock.split(":")
    return datetime(int(year), int(month), int(date), int(hour), int(minute), tzinfo=UTC)


def parse_row(line: int, words: list[str]) -> LogRow:
    """A row from its words; raises ValueError, saying which word can't be read."""
    if len(words) != len(HEADER):
        raise ValueError(f"it has {len(words)} columns instead of {len(HEADER)}")
    known = [None if word == "?" else word for word in words]
    resolved_at, closed_at = known[34], known[35]
    return LogRow(
        line,
        words[0],
        words[1],
        parse_instant(words[13]),
        known[12],
        parse_instant(words[9]),
        known[8],
        parse_instant(resolved_at) if resolved_at else None,
        parse_instant(closed_at) if closed_at else None,
        int(words[3]),
        int(words[4]),
        int(words[5]),
        words[6] == "true",
        known[7],
        words[14],
        known[15],
        known[16],
        known[17],
        known[18],
        known[19],
        int(words[20]),
        int(words[21]),
        int(words[22]),
        known[23],
        known[24],
        known[30],
        known[28],
        known[29],
        known[31],
        known[32],
        known[33],
    )
