"""Taking in an incident log: one transaction, one audit entry, a batch of incidents at a time."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.engine.records.sizes import rows_about
from meridian.engine.search.documents import searched
from meridian.engine.search.index import index_pending, rebuild
from meridian.kernel.event_logs.lines import Totals
from meridian.work.histories.commands.cases import COMMAND
from meridian.work.histories.commands.referents import MODELS, Referents, Words, no_words
from meridian.work.histories.commands.taking_in import collector_at_rest, one_at_a_time
from meridian.work.histories.contracts import Happening, Incident, Quarantined
from meridian.work.histories.models import Intake, Log, QuarantinedLine
from meridian.work.histories.rules import channel_of, happenings, read_log
from meridian.work.histories.rules.wording import (
    KNOWN,
    LOG_NAME,
    NOBODY_KNOWN,
    bare_number,
    own_number,
    spare_number,
    title_of,
)
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.items.facade import reserve_numbers, taken_numbers
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import SERIES, WorkItem, load_history

BATCH_INCIDENTS = 5_000
LOADED = frozenset(
    {
        "servicedesk.workitem",
        "histories.log",
        "histories.loggedcase",
        "histories.quarantinedline",
        *MODELS.values(),
    }
)

Advance = Callable[[int], None]


def import_log(*, actor: Actor, path: Path, advance: Advance = lambda _rows: None) -> tuple[Totals, bool]:
    """Replay a log as work items and events: the counts, and whether anything was written.

    A file that was taken in before changes nothing, nor does an incident whose number is known.
    `advance` is told how many rows of the file are done. Raises `NotTheLog` for another file or a
    torn one, with nothing written. Memory holds one batch.
    """
    digest = digest_of(path)
    with collector_at_rest(), trail.entry(COMMAND, actor, f"Incident log {path.name}"):
        one_at_a_time()
        before = Intake.objects.filter(log__name=LOG_NAME, digest=digest).first()
        if before is not None:
            return Totals(before.read, before.loaded, before.quarantined, before.cases), False
        loading = _Loading(actor, advance)
        incidents = read_log(path)
        while batch := list(islice(incidents, BATCH_INCIDENTS)):
            loading.load(batch)
        with trail.bulk_load(COMMAND, actor):
            log, _is_new = Log.objects.get_or_create(name=LOG_NAME, defaults={"kind": "incident"})
            intake = Intake.objects.create(
                log=log, digest=digest, file=path.name[-120:], **asdict(loading.totals)
            )
            QuarantinedLine.objects.bulk_create(_quarantined(intake, loading.aside))
    return loading.totals, True


def make_findable(advance: Advance) -> None:
    """Make the search documents of all that an import adds, in bulk, then the planner's statistics."""
    for resource in searched():
        if f"{resource.module()}.{resource.noun()}" in LOADED:
            advance(rebuild(resource))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_cases_findable(count: int) -> None:
    """Make the search documents of so many written cases: alone where most of the desk stood before."""
    if count * 2 > rows_about(WorkItem):
        make_findable(lambda _rows: None)
    else:
        while index_pending():
            pass


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _quarantined(intake: Intake, aside: Iterable[Quarantined]) -> list[QuarantinedLine]:
    return [
        QuarantinedLine(
            intake=intake,
            line=put.line,
            number=put.number[:60],
            reason=put.reason[:300],
            content=_content(put.words),
        )
        for put in aside
    ]


def _content(words: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(words)
    return text.getvalue().replace("\0", "�")


@dataclass(slots=True)
class _Numbered:
    """An incident with its events and the number by which the house will know it."""

    incident: Incident
    events: list[Happening]
    number: str


class _Loading:
    """What one import has done so far."""

    def __init__(self, actor: Actor, advance: Advance) -> None:
        self.actor, self.advance = actor, advance
        self.totals = Totals()
        self.aside: list[Quarantined] = []
        with trail.bulk_load(COMMAND, actor):
            self.referents = Referents(actor)

    def load(self, batch: Sequence[Incident]) -> None:
        """Load the incidents of a batch that are new, and count all of its rows."""
        numbered = list(self._number(batch))
        with trail.bulk_load(COMMAND, self.actor):
            self.referents.provide(_words_of(numbered))
        if numbered:
            load_history(actor=self.actor, histories=self._histories(numbered))
        self.advance(sum(len(incident.rows) + len(incident.quarantined) for incident in batch))

    def _number(self, batch: Sequence[Incident]) -> Iterator[_Numbered]:
        own = [own_number(incident.number) for incident in batch]
        reserve_numbers(SERIES["incident"], own)
        taken = taken_numbers(WorkItem, [*own, *(bare_number(number) for number in own)])
        for incident, number in zip(batch, own, strict=True):
            rows, aside = len(incident.rows), len(incident.quarantined)
            self.totals.read += rows + aside
            if bare_number(number) in taken:
                self._put_aside(incident)
                continue
            self.aside += incident.quarantined
            self.totals.quarantined += aside
            self.totals.loaded += rows
            if rows:
                self.totals.cases += 1
                number = spare_number(number) if number in taken else number
                yield _Numbered(incident, happenings(incident), number)

    def _put_aside(self, incident: Incident) -> None:
        """Every row of an incident that is here already."""
        known = [Quarantined(row.line, row.number, (), KNOWN) for row in incident.rows]
        known += [replace(one, reason=KNOWN) for one in incident.quarantined]
        self.aside += known
        self.totals.quarantined += len(known)

    def _histories(self, numbered: Iterable[_Numbered]) -> Iterator[ItemHistory]:
        # Every caller that the log names stands for somebody here by now.
        callers: dict[Any, Any] = self.referents.keys["caller"]
        for one in numbered:
            yield ItemHistory(
                requester=callers[_caller(one.incident)],
                events=self._events(one),
                number=one.number,
                channel=channel_of(one.incident),
                aliases=(bare_number(one.incident.number),),
            )

    def _events(self, one: _Numbered) -> list[EventRow]:
        opening, *updates = one.events
        title = {"title": ["", title_of(one.incident.number, one.incident.rows[0])]}
        opener, updater = self.referents.keys["opener"], self.referents.keys["updater"]
        opened = EventRow(opening.at, "opened", title | self._data(opening), opener[opening.actor])
        return [
            opened,
            *[EventRow(event.at, event.type, self._data(event), updater[event.actor]) for event in updates],
        ]

    def _data(self, event: Happening) -> dict[str, Any]:
        """The facts of the event, and its changes with keys of rows instead of the log's words."""
        data, changes = event.facts, event.changes
        if not changes:
            return data
        for name, kind in REFERRING:
            if name in changes:
                keys, (before, after) = self.referents.keys[kind], changes[name]
                changes[name] = [keys[before], keys[after]]
        return data | changes


REFERRING = (
    ("team", "team"),
    ("assignee", "resolver"),
    ("site", "site"),
    ("category", "category"),
    ("hold_reason", "hold_reason"),
)


def _caller(incident: Incident) -> str:
    return next((row.caller for row in incident.rows if row.caller), NOBODY_KNOWN)


def _words_of(numbered: Iterable[_Numbered]) -> Words:
    """Every word of the incidents that a row must stand for."""
    words: dict[str, set[Any]] = no_words()
    for one in numbered:
        words["caller"].add(_caller(one.incident))
        words["opener"].add(one.events[0].actor)
        for row in one.incident.rows:
            words["updater"].add(row.updated_by)
            words["resolver"].add(row.assignee)
            words["team"].add(row.group)
            words["site"].add(row.location)
            words["category"].add(row.category)
    for found in words.values():
        found.discard(None)
    return words
