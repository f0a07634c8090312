"""Random logs: a slow oracle counts the same flow; CSV and XES, in any order and dress, say the same."""

import csv
import gzip
import io
import lzma
import random
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from meridian.kernel.event_logs import files, xes
from meridian.kernel.event_logs.faults import NotAMapping, NotTheLog
from meridian.kernel.event_logs.files import opened
from meridian.kernel.event_logs.logs import read_lines_of
from meridian.kernel.event_logs.mapping import DEFAULT, KEYS, understood
from meridian.kernel.event_logs.spill import PARTS, Spill
from meridian.work.histories.contracts import Flow
from meridian.work.histories.rules.cases import Known, in_cases, life_of
from meridian.work.histories.rules.flow import flow_of

STATES = {"Open": "new", "Work": "in_progress", "Hold; on": "waiting", 'Done "so"': "closed"}
BEGIN = datetime(2024, 3, 30, 22, 0, tzinfo=UTC)
CSV_MAPPING = """
format: csv
kind: incident
number: No
at: {attribute: When, pattern: "%Y-%m-%d %H:%M:%S%z"}
state: What
states: {Open: new, Work: in_progress, "Hold; on": waiting, 'Done "so"': closed}
country: Land
line: Line
"""
XES_MAPPING = """
format: xes
kind: incident
number: concept:name
at: time:timestamp
state: concept:name
states: {Open: new, Work: in_progress, "Hold; on": waiting, 'Done "so"': closed}
country: land
line: line
"""
EVENT = some.tuples(
    some.sampled_from(("001", "01", "1", "Fall é\n2", "<&>")),
    some.integers(0, 200_000),
    some.sampled_from(sorted(STATES)),
    some.sampled_from(("", "de", "fr", "it")),
    some.sampled_from(("", "L1", "L2")),
)
LOGS = some.lists(EVENT, min_size=1, max_size=40, unique_by=lambda event: event[1])


def read(path: Path, mapping_text: str) -> tuple[Flow, Spill]:
    mapping = understood(mapping_text)
    teams: Any = Counter()
    known = Known("x", "incident", teams, {}, 1, 1, names_country=True, names_line=True)
    with Spill() as spill, opened(path) as file:
        spill.read(read_lines_of(file, mapping, path.name), mapping)
        traits = [life_of(own, known).traits for part in range(PARTS) for own in in_cases(spill.steps(part))]
        list(spill.aside())
    return flow_of("x", traits, names_country=True, names_line=True), spill


def as_csv(log: list[Any], delimiter: str, hours: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(("What", "No", "Line", "When", "Land"))
    for number, second, state, country, line in log:
        at = (BEGIN + timedelta(seconds=second)).astimezone(zone(hours))
        writer.writerow((state, number, line, f"{at:%Y-%m-%d %H:%M:%S%z}", country))
    return text.getvalue()


def zone(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


def as_xes(log: list[Any], encoding: str, prefix: str) -> bytes:
    """Events by trace, with nested attributes, a prefix of the log's own and a trace without events."""
    tag = f"{prefix}:" if prefix else ""
    space = f' xmlns{":" + prefix if prefix else ""}="http://www.xes-standard.org/"'
    parts = [
        f'<?xml version="1.0" encoding="{encoding}"?>\n<{tag}log{space} xes.version="1.0">',
        f'<{tag}extension name="Concept" prefix="c" uri="http://www.xes-standard.org/concept.xesext"/>',
        f'<{tag}global scope="event"><{tag}string key="c:name" value="?"/></{tag}global>',
        f'<{tag}classifier name="Activity" keys="c:name"/>',
    ]
    for number in dict.fromkeys(event[0] for event in log):
        parts.append(f'<{tag}trace><{tag}string key="c:name" value={quoted(number)}/>')
        for own, second, state, country, line in log:
            if own != number:
                continue
            at = (BEGIN + timedelta(seconds=second)).isoformat()
            inner = f'<{tag}int key="cost" value="3"><{tag}string key="land" value="no"/></{tag}int>'
            parts.append(f"<{tag}event>{inner}<{tag}list key='l'><{tag}values/></{tag}list>")
            parts.append(f'<{tag}string key="c:name" value={quoted(state)}/>')
            parts.append(f'<{tag}date key="time:timestamp" value="{at}"/>')
            parts.append(f'<{tag}string key="land" value="{country}"/><{tag}id key="line" value="{line}"/>')
            parts.append(f"</{tag}event>")
        parts.append(f"</{tag}trace>")
    parts.append(f"<{tag}trace/></{tag}log>")
    return "".join(parts).encode(encoding)


def quoted(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;"})


def oracle(log: list[Any]) -> dict[str, float]:
    """The flow figures counted as one would by hand."""
    cases: dict[str, list[Any]] = {}
    for event in sorted(log, key=lambda event: event[1]):
        cases.setdefault(event[0].strip(), []).append(event)
    counted: Counter[str] = Counter()
    hours = []
    for events in cases.values():
        countries = [event[3] for event in events if event[3]]
        run = [countries[0]] if countries else []
        for before, after in pairwise(countries):
            if before != after:
                run.append(after)
        counted["changes_country"] += len(set(countries)) > 1
        counted["bounces_country"] += any(run[i] == run[i + 2] for i in range(len(run) - 2))
        counted["stays_in_one_line"] += len({event[4] for event in events if event[4]}) == 1
        counted["waited"] += any(event[2] == "Hold; on" for event in events)
        hours.append((events[-1][1] - events[0][1]) / 3600)
    names = ("changes_country", "bounces_country", "stays_in_one_line", "waited")
    shares = {name: 100 * counted[name] / len(cases) for name in names}
    return {"cases": len(cases), "events": len(log), "median_hours": median(hours), **shares}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOGS, some.sampled_from(",;\t|"), some.integers(-11, 13), some.randoms(use_true_random=False))
def test_every_dress_of_a_log_gives_the_figures_of_the_oracle(
    tmp_path: Path, log: list[Any], delimiter: str, hours: int, chance: random.Random
) -> None:
    expected = oracle(log)
    shuffled = list(log)
    chance.shuffle(shuffled)
    path = tmp_path / "log"
    for dressed in (
        (as_csv(log, delimiter, hours).encode(), CSV_MAPPING),
        (as_csv(shuffled, delimiter, 0).encode("utf-16"), CSV_MAPPING),
        (as_xes(shuffled, "utf-8", ""), XES_MAPPING),
        (as_xes(log, chance.choice(("utf-16", "iso-8859-1")), "x"), XES_MAPPING),
    ):
        path.write_bytes(dressed[0])
        found, spill = read(path, dressed[1])
        for name, value in expected.items():
            assert getattr(found, name) == pytest.approx(value), name
        aside = 1 if dressed[1] is XES_MAPPING else 0
        totals = spill.gathered.totals
        assert (totals.read, totals.quarantined) == (len(log) + aside, aside)


BOMB = '<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><log><trace a="&b;"/></log>'
DEFAULTS = (
    '<!DOCTYPE log [<!ATTLIST string key CDATA "concept:name" value CDATA "'
    + "y" * 100_000
    + '">]><log><trace>'
    + "<event><string/></event>" * 2
    + "</trace></log>"
)
INSIDE = '<log><trace><event><string key="concept:name" value="a"/>\n<{0}/></event></trace></log>'
OUTSIDE = '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]><log>&a;</log>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB.encode(), "declares a document type"),
        (OUTSIDE.encode(), "declares a document type"),
        (DEFAULTS.encode(), "declares a document type"),
        (b'<!DOCTYPE log SYSTEM "log.dtd"><log/>', "declares a document type"),
        (INSIDE.format("event").encode(), "“event” inside of an element “event”, in line 2"),
        (INSIDE.format("trace").encode(), "“trace” inside of an element “event”, in line 2"),
        (b"<log><trace><event/><trace/></trace></log>", "“trace” inside of an element “trace”, in line 1"),
        (b"<log><trace>", "is cut off"),
        (b"<log><trace></log>", "not sound XML"),
        (b"<html></html>", "is XML but no XES"),
        (b"<log>" + b"<a>" * 200, "nested more than"),
        (b'<log a="' + b"a" * 17 * 1024 * 1024, "longer than 16 MiB"),
        (b'<?xml version="1.0" encoding="klingon"?><log/>', "log"),
    ],
)
def test_hostile_xml_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "log.xes"
    path.write_bytes(content)
    with pytest.raises(NotTheLog, match=sentence):
        read(path, XES_MAPPING)


def test_a_trace_that_would_fill_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xes, "MOST_CHARACTERS_OF_A_TRACE", 1 << 20)
    path = tmp_path / "log.xes"
    event = f'<event><string key="concept:name" value="{"y" * 90_000}"/></event>'
    path.write_text(f"<log>{f'<trace>{event * 11}</trace>' * 3}</log>")
    with pytest.raises(NotAMapping, match="has no “time:timestamp”"):
        read(path, XES_MAPPING)
    path.write_text(f"<log><trace>{event * 12}</trace></log>")
    with pytest.raises(NotTheLog, match="a trace of more than 1 million characters"):
        read(path, XES_MAPPING)


WRONG = (
    "[]", "{}", '""', "null", "12", "[a, b]", "[[a]]", "{a: b}", "{a: [b]}", "{a: {b: c}}", '"a\\0b"',
    '["\\0"]',
    '{"\\0": new}', '{a: "\\0"}', '"\\ud800"', '"\\UFFFFFFFF"', "&a [*a]",
    "[1, 2, 3, 4]", "!!python/none x",
)  # fmt: skip
PARTS_OF_AT = {"attribute": "When", "pattern": "ISO", "zone": "UTC"}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mapping_is_understood_or_refused_in_a_sentence(wrong: str) -> None:
    whole: dict[str, str] = dict.fromkeys(KEYS, "word") | {
        "format": "csv", "at": "When", "states": "{a: new}", DEFAULT: "new"
    }  # fmt: skip
    texts = ["\n".join(f"{key}: {value}" for key, value in (whole | {name: wrong}).items()) for name in whole]
    for part in PARTS_OF_AT:
        at = ", ".join(f"{key}: {value}" for key, value in (PARTS_OF_AT | {part: wrong}).items())
        texts.append("\n".join(f"{key}: {value}" for key, value in (whole | {"at": f"{{{at}}}"}).items()))
    for text in texts:
        try:
            found = understood(text)
        except NotAMapping as refused:
            said = str(refused)
            assert said.isprintable(), text
        else:
            words = [*found.attributes, found.kind, *found.states, *found.states.values()]
            assert all(isinstance(word, str) and word and "\0" not in word for word in words), text
            assert found.pattern is None or isinstance(found.pattern, str), text


def test_an_attribute_that_occurs_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_bytes(as_xes([("1", 5, "Open", "de", "L1")], "utf-8", ""))
    with pytest.raises(NotAMapping, match="No event of log.xes has no|has no “lnd”.*“land”"):
        read(path, XES_MAPPING.replace("land", "lnd"))


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ('1,"a" b,x\n2,Open,2024-01-01 00:00:00+0000\n', 1),
        ('1,"never closed,x\n2,Open,2024-01-01 00:00:00+0000\n3,Open,2024-01-01 00:00:00+0000\n', 1),
        ("1,Open\n", 1),
        ("1,Open,2024-01-01 00:00:00+0000,more\n", 1),
        ("1,Open,2024-01-01 00:00:00+0000,,,\n\n\n", 0),
    ],
)
def test_a_broken_line_costs_itself_alone(tmp_path: Path, content: str, reasons: int) -> None:
    path = tmp_path / "log.csv"
    path.write_text("No,What,When\n" + content)
    mapping = CSV_MAPPING.replace("country: Land\nline: Line\n", "")
    _found, spill = read(path, mapping)
    totals = spill.gathered.totals
    assert totals.quarantined == reasons
    assert totals.read == sum(1 for line in content.splitlines() if line)


def test_whoever_reads_another_file_between_two_lines_keeps_the_bound_of_cells(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("No,What,When,Land,Line\n" + "1,Open,2024-01-01 00:00:00+0000,de,L1\n" * 3)
    usual = csv.field_size_limit()
    with opened(log) as file:
        lines = read_lines_of(file, understood(CSV_MAPPING), log.name)
        next(lines)
        assert csv.field_size_limit() == usual


def test_a_line_without_end_and_a_bomb_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"No,What,When,Land,Line\n" + b"a" * 2_000_000)
    with pytest.raises(NotTheLog, match="longer than"):
        read(path, CSV_MAPPING)
    monkeypatch.setattr(files, "UNFOLDED_AT_LEAST", 1024 * 1024)
    row = b"1,Open,2024-01-01 00:00:00+0000,de,L1" + b" " * 500 + b"\n"
    path.write_bytes(lzma.compress(b"No,What,When,Land,Line\n" + row * 5_000))
    with pytest.raises(NotTheLog, match="times its size"):
        read(path, CSV_MAPPING)
    monkeypatch.setattr(files, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(NotTheLog, match="unfolds to more than 1 MiB"):
        read(path, CSV_MAPPING)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, lambda content: b"PK\x03\x04" + content])
def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path, pack: Any) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(pack(b"No,What,When,Land,Line\n" + random.Random(3).randbytes(5_000))[:-9])
    with pytest.raises(NotTheLog, match="damaged or cut off|no header"):
        read(path, CSV_MAPPING)


ODD = """
format: csv
kind: incident
number: No
at: {attribute: When, pattern: %s, zone: Europe/Stockholm}
state: What/Why
states: {Open: new, Open/User: waiting, default: in_progress}
group: ~
owner:
"""


@pytest.mark.parametrize(
    ("pattern", "when"),
    [
        ("'%d-%b-%Y %I:%M %p'", "31-Mar-2024 04:00 PM"),
        ("dd.MM.yyyy HH:mm", "31.03.2024 16:00"),
        ("\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"", "2024-03-31T16:00:00.000+02:00"),
        ("ISO", "2024-03-31T14:00Z"),
    ],
)
def test_odd_but_lawful_mappings_are_followed(tmp_path: Path, pattern: str, when: str) -> None:
    path = tmp_path / "log.csv"
    rows = [f'"1"|"{when}"|"{state}"' for state in ('Open"|"', 'Open"|"User', 'Gone"|"User')]
    path.write_text("\r\n".join(['"No"|"When"|"What"|"Why"', *rows]), encoding="utf-8-sig")
    mapping = understood(ODD % pattern)
    with Spill() as spill, opened(path) as file:
        spill.read(read_lines_of(file, mapping, path.name), mapping)
        steps = sorted(step for part in range(PARTS) for step in spill.steps(part))
    assert [step.state for step in steps] == ["new", "waiting", "in_progress"]
    assert {datetime.fromtimestamp(step.at / 1e6, UTC).isoformat() for step in steps} == {
        "2024-03-31T14:00:00+00:00"
    }
