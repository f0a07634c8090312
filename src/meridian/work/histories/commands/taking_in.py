"""Taking in the log of any desk by a mapping: one transaction, one entry, a part of the cases at a time."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from meridian.engine.audit import trail
from meridian.engine.numbering import next_numbers
from meridian.engine.policies import Actor
from meridian.kernel.event_logs.files import name_of, opened
from meridian.kernel.event_logs.lines import Aside, Totals
from meridian.kernel.event_logs.logs import read_lines_of
from meridian.kernel.event_logs.mapping import LogMapping
from meridian.kernel.event_logs.spill import PARTS, Spill
from meridian.work.histories.commands.referents import Referents
from meridian.work.histories.models import Intake, Log, LoggedCase, QuarantinedLine
from meridian.work.histories.rules.cases import EPOCH, Known, Life, in_cases, life_of
from meridian.work.histories.rules.wording import NOBODY_KNOWN
from meridian.work.items.facade import reserve_numbers, taken_numbers
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import SERIES, WorkItem, load_history

COMMAND = "histories.log.load"
IMPORT_LOCK = 0x4D65_494C
WRITTEN_AT_ONCE = 5_000
LONGEST_NAME, LONGEST_ALIAS, LONGEST_FILE = 120, 60, 200
LONGEST_REQUESTER = 400
# A log whose numbers look like the house's own keeps the house from giving them, within reason.
MOST_RESERVED = 1_000_000
REQUESTS = frozenset(("request", "service request", "service_request"))


@dataclass
class Taken:
    """What became of a log: its name, its control total and how often each reason put a line aside."""

    log: str
    is_new: bool
    totals: Totals
    reasons: dict[str, int] = field(default_factory=dict)


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

    The same log with the same mapping changes nothing, however it is packed. Cases that the log of this
    `name` (else the file's) has already are put aside. Raises `NotTheLog` for a file that is none, or that
    the mapping doesn't fit: the whole file is read before anything is written.
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
            self._log, _is_new = Log.objects.get_or_create(
                name=self._name, defaults={"kind": self._mapping.kind}
            )
            known = self._known()
        for part in range(PARTS):
            self._load(part, known)
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
        return Taken(self._name, True, totals, dict(self._spill.gathered.reasons))

    def _known(self) -> Known:
        """The rows that the log's words lead to, made where they are missing."""
        gathered, referents = self._spill.gathered, Referents(self._actor)
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

    def _load(self, part: int, known: Known) -> None:
        steps = self._spill.steps(part)
        if not steps:
            return
        here = self._known_before({step.number for step in steps})
        if here:
            for step in steps:
                if step.number in here:
                    reason = f"The case is here already, as {here[step.number]}."
                    self._spill.put_aside(
                        Aside(step.line, step.number, reason, f"{step.number} {step.source_state}")
                    )
            steps = [step for step in steps if step.number not in here]
        lives = (life_of(own, known) for own in in_cases(steps))
        while batch := list(islice(lives, WRITTEN_AT_ONCE)):
            self._write(batch, known)

    def _known_before(self, numbers: Iterable[str]) -> dict[str, str]:
        rows = LoggedCase.objects.filter(log=self._log, number__in=list(numbers))
        return dict(rows.values_list("number", "item__number"))

    def _write(self, lives: Sequence[Life], known: Known) -> None:
        series = SERIES[self._kind]
        self._reserve([life.number for life in lives])
        numbers = next_numbers(series, len(lives))
        aliases = self._aliases([life.number for life in lives])
        load_history(actor=self._actor, histories=self._histories(lives, numbers, aliases))
        items = dict(WorkItem.objects.filter(number__in=numbers).values_list("number", "pk"))
        with trail.bulk_load(COMMAND, self._actor):
            LoggedCase.objects.bulk_create(
                self._case(life, items[number], known) for life, number in zip(lives, numbers, strict=True)
            )
        self._totals.cases += len(lives)

    def _reserve(self, numbers: Sequence[str]) -> None:
        for series in SERIES.values():
            short = [number for number in numbers if len(number) == len(series.text(0))]
            reserve_numbers(series, [one for one in short if one < series.text(MOST_RESERVED)])

    def _aliases(self, numbers: Sequence[str]) -> Mapping[str, str]:
        """The further number of each case: its old one; where that leads elsewhere, after the log's name."""
        wanted = {number: (number, f"{self._name}:{number}") for number in numbers}
        taken = taken_numbers(WorkItem, [one for both in wanted.values() for one in both])
        found = {}
        for number, both in wanted.items():
            free = [one for one in both if one not in taken and len(one) <= LONGEST_ALIAS]
            if free:
                found[number] = free[0]
        return found

    def _histories(
        self, lives: Sequence[Life], numbers: Sequence[str], aliases: Mapping[str, str]
    ) -> Iterator[ItemHistory]:
        for life, number in zip(lives, numbers, strict=True):
            alias = aliases.get(life.number)
            yield ItemHistory(
                requester=life.requester,
                events=life.events,
                number=number,
                channel="other",
                aliases=(alias,) if alias else (),
            )

    def _case(self, life: Life, item: int, known: Known) -> LoggedCase:
        traits = life.traits
        return LoggedCase(
            log=self._log,
            number=life.number,
            item_id=item,
            requester=life.requester_words[:LONGEST_REQUESTER],
            events=traits.events,
            first_at=EPOCH + timedelta(microseconds=traits.first_at),
            last_at=EPOCH + timedelta(microseconds=traits.last_at),
            hours=round(traits.hours, 4),
            changes_country=traits.changes_country if known.names_country else None,
            bounces_country=traits.bounces_country if known.names_country else None,
            stays_in_one_line=traits.stays_in_one_line if known.names_line else None,
            waited=traits.waited,
        )

    def _write_aside(self, intake: Intake) -> None:
        rows: Iterator[Any] = (
            QuarantinedLine(
                intake=intake, line=aside.line, number=aside.number, reason=aside.reason, content=aside.words
            )
            for aside in self._spill.aside()
        )
        while batch := list(islice(rows, WRITTEN_AT_ONCE)):
            QuarantinedLine.objects.bulk_create(batch)
