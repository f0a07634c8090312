"""Taking in the log of any desk by a mapping: one transaction, one entry, a part of the cases at a time."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from meridian.engine.audit import trail
from meridian.engine.numbering import next_numbers
from meridian.engine.policies import Actor
from meridian.kernel.event_logs.files import name_of, opened
from meridian.kernel.event_logs.lines import Totals
from meridian.kernel.event_logs.logs import read_lines_of
from meridian.kernel.event_logs.mapping import LogMapping
from meridian.kernel.event_logs.spill import PARTS, Spill
from meridian.work.histories.commands.cases import COMMAND, Cases
from meridian.work.histories.commands.grown_cases import Grown, grow
from meridian.work.histories.commands.referents import Referents
from meridian.work.histories.models import Intake, Log, QuarantinedLine
from meridian.work.histories.rules.cases import Known, in_cases, life_of
from meridian.work.histories.rules.wording import NOBODY_KNOWN
from meridian.work.items.facade import reserve_numbers, taken_numbers
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import SERIES, WorkItem, load_history

IMPORT_LOCK = 0x4D65_494C
WRITTEN_AT_ONCE = 5_000
LONGEST_NAME, LONGEST_ALIAS, LONGEST_FILE = 120, 60, 200
# A log whose numbers look like the house's own keeps the house from giving them, within reason.
MOST_RESERVED = 1_000_000
REQUESTS = frozenset(("request", "service request", "service_request"))


@dataclass
class Taken:
    """What became of a log: its name, its control total, how often each reason put a line aside, and how many
    cases that were here already tell more now."""

    log: str
    is_new: bool
    totals: Totals
    reasons: dict[str, int] = field(default_factory=dict)
    grown: int = 0


def check_log(path: Path, mapping: LogMapping) -> Taken:
    """Read a whole log by its mapping and write nothing. Raises `NotTheLog` as `take_in` does."""
    with Spill() as spill:
        _spill(spill, path, mapping)
        gathered = spill.gathered
        totals = gathered.totals
        totals.loaded, totals.cases = totals.read - totals.quarantined, len(gathered.events_of)
        return Taken(name_of(path), False, totals, dict(gathered.reasons))


def take_in(*, actor: Actor, path: Path, mapping: LogMapping, name: str = "") -> Taken:
    """Load the cases of a log with their histories: what became of each line, and whether it is new.

    The same log with the same mapping changes nothing, however it is packed. Of cases that the log of
    this `name` (else the file's) has already, what is new is folded in. Raises `NotTheLog` for a file
    that is none, or that the mapping doesn't fit: the whole file is read before anything is written.
    """
    name = (name or name_of(path))[-LONGEST_NAME:]
    with collector_at_rest(), Spill() as spill:
        digest = _spill(spill, path, mapping)
        with trail.entry(COMMAND, actor, f"Log {name}"):
            one_at_a_time()
            before = Intake.objects.filter(log__name=name, digest=digest, mapping=mapping.text).first()
            if before is not None:
                return Taken(
                    name, False, Totals(before.read, before.loaded, before.quarantined, before.cases)
                )
            return _Taking(actor, name, mapping, spill).carry_out(path, digest)


def _spill(spill: Spill, path: Path, mapping: LogMapping) -> str:
    with opened(path) as file:
        spill.read(read_lines_of(file, mapping, path.name), mapping)
        return file.digest()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Rows and events hold no rings: looking for some would take longer than the import itself."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def one_at_a_time() -> None:
    """Wait until no other log is being taken in; let go of at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


class _Taking:
    """One import under way."""

    def __init__(self, actor: Actor, name: str, mapping: LogMapping, spill: Spill) -> None:
        self._actor, self._name, self._mapping = actor, name, mapping
        self._spill = spill
        self._totals = spill.gathered.totals
        self._kind = "request" if mapping.kind.lower() in REQUESTS else "incident"

    def carry_out(self, path: Path, digest: str) -> Taken:
        with trail.bulk_load(COMMAND, self._actor):
            self._log, is_new = Log.objects.get_or_create(
                name=self._name, defaults={"kind": self._mapping.kind}
            )
            referents = Referents(self._actor)
            known = self._known(referents)
        grown = Grown()
        if not is_new:
            grown = grow(self._actor, self._log, self._spill, known, referents)
        self._load(known, grown.numbers)
        totals = self._totals
        totals.loaded = totals.read - totals.quarantined
        with trail.bulk_load(COMMAND, self._actor):
            intake = Intake.objects.create(
                log=self._log,
                digest=digest,
                mapping=self._mapping.text,
                file=path.name[-LONGEST_FILE:],
                **asdict(totals),
            )
            self._write_aside(intake)
        return Taken(self._name, True, totals, dict(self._spill.gathered.reasons), grown.count)

    def _known(self, referents: Referents) -> Known:
        """The rows that the log's words lead to, made where they are missing."""
        gathered = self._spill.gathered
        # Both lead to somebody and something once they are provided.
        keys: dict[str, Any] = referents.keys
        referents.provide({"caller": {NOBODY_KNOWN}})
        return Known(
            log=self._name,
            kind=self._kind,
            teams=referents.groups_of(self._log.pk, gathered.groups),
            people=referents.people_at(gathered.people),
            nobody=keys["caller"][NOBODY_KNOWN],
            hold_reason=keys["hold_reason"]["unknown"],
            names_country="country" in self._mapping.named,
            names_line="line" in self._mapping.named,
        )

    def _load(self, known: Known, here: Set[str]) -> None:
        """Write the cases that are new with all that happened to them, then how each flowed."""
        new = [number for number in self._spill.gathered.events_of if number not in here]
        if not new:
            return
        self._reserve(new)
        numbers = next_numbers(SERIES[self._kind], len(new))
        aliases = self._aliases(new)
        with Cases(self._log.pk, known) as cases:
            histories = self._histories(known, here, iter(numbers), aliases, cases)
            load_history(actor=self._actor, histories=histories)
            with trail.bulk_load(COMMAND, self._actor):
                cases.write()
        self._totals.cases = len(new)

    def _histories(
        self, known: Known, here: Set[str], numbers: Iterator[str], aliases: Mapping[str, str], cases: Cases
    ) -> Iterator[ItemHistory]:
        """Every new case. It is asked from another thread, which may not ask the database."""
        for part in range(PARTS):
            for steps in in_cases(self._spill.steps(part)):
                if steps[0].number in here:
                    continue
                life, number = life_of(steps, known), next(numbers)
                cases.add(life, steps, number)
                alias = aliases.get(life.number)
                yield ItemHistory(
                    requester=life.requester,
                    events=life.events,
                    number=number,
                    channel="other",
                    aliases=(alias,) if alias else (),
                )

    def _reserve(self, numbers: Iterable[str]) -> None:
        for series in SERIES.values():
            length, highest = len(series.text(0)), series.text(MOST_RESERVED)
            reserve_numbers(series, [one for one in numbers if len(one) == length and one < highest])

    def _aliases(self, numbers: Iterable[str]) -> Mapping[str, str]:
        """The further number of each case: its old one; where that leads elsewhere, after the log's name."""
        found: dict[str, str] = {}
        taken: dict[str, str] = {}
        for batch in _batches(one for one in numbers if len(one) <= LONGEST_ALIAS):
            gone = taken_numbers(WorkItem, batch)
            found.update((one, one) for one in batch if one not in gone)
            taken.update((f"{self._name}:{one}", one) for one in gone)
        for batch in _batches(one for one in taken if len(one) <= LONGEST_ALIAS):
            gone = taken_numbers(WorkItem, batch)
            found.update((taken[one], one) for one in batch if one not in gone)
        return found

    def _write_aside(self, intake: Intake) -> None:
        rows: Iterator[Any] = (
            QuarantinedLine(
                intake=intake, line=aside.line, number=aside.number, reason=aside.reason, content=aside.words
            )
            for aside in self._spill.aside()
        )
        for batch in _batches(rows):
            QuarantinedLine.objects.bulk_create(batch)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, WRITTEN_AT_ONCE)):
        yield batch
