"""A log put aside on disk in parts, so that its cases can be sorted without holding all of it in memory."""

import marshal
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from meridian.kernel.event_logs.faults import NotTheLog
from meridian.kernel.event_logs.lines import Aside, Said, Step, Totals
from meridian.kernel.event_logs.mapping import LogMapping
from meridian.kernel.event_logs.steps import understanding

PARTS = 32
WRITTEN_AT_ONCE = 512
LENGTH_BYTES = 8
MOST_LINES = 50_000_000
MOST_CASES = 3_000_000
MOST_EVENTS_OF_A_CASE = 1_000_000
MOST_WORDS = 100_000


@dataclass
class Gathered:
    """What was met while reading: lines by case, and every word that a row may have to stand for."""

    events_of: Counter[str] = field(default_factory=Counter)
    groups: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    reasons: Counter[str] = field(default_factory=Counter)
    totals: Totals = field(default_factory=Totals)


class Spill:
    """The steps of a log in parts on disk, each with whole cases; and the lines that were put aside."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="meridian-log-")
        self._pending: list[list[tuple[Any, ...]]] = [[] for _part in range(PARTS + 1)]
        self.gathered = Gathered()

    def __enter__(self) -> "Spill":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def read(self, lines: Iterable[Said], mapping: LogMapping) -> None:
        """Take in every line."""
        understand, totals = understanding(mapping), self.gathered.totals
        for said in lines:
            found = understand(said)
            totals.read += 1
            if isinstance(found, Step):
                self._keep(found)
            else:
                self.put_aside(found)
            if totals.read > MOST_LINES:
                raise NotTheLog(f"The log has more than {MOST_LINES:,} lines: split it.")
        for part in range(PARTS + 1):
            self._write(part)

    def _keep(self, step: Step) -> None:
        gathered = self.gathered
        events = gathered.events_of[step.number] + 1
        gathered.events_of[step.number] = events
        if events > MOST_EVENTS_OF_A_CASE:
            raise NotTheLog(f"The case {step.number[:60]} has more than {MOST_EVENTS_OF_A_CASE:,} lines.")
        if events == 1 and len(gathered.events_of) > MOST_CASES:
            raise NotTheLog(f"The log has more than {MOST_CASES:,} cases: split it.")
        if step.group is not None and step.group not in gathered.groups:
            self._note(gathered.groups, step.group, "groups")
        for words in (step.owner, step.requester):
            if words is not None and "@" in words:
                gathered.people.add(words.lower())
        self._add(zlib.crc32(step.number.encode()) % PARTS, tuple(step))

    def _note(self, words: set[str], word: str, what: str) -> None:
        words.add(word)
        if len(words) > MOST_WORDS:
            raise NotTheLog(
                f"The log has more than {MOST_WORDS:,} {what}: the mapping names another attribute."
            )

    def put_aside(self, aside: Aside) -> None:
        """Keep a line that can't be loaded, with its reason."""
        self.gathered.totals.quarantined += 1
        self.gathered.reasons[aside.reason] += 1
        self._add(PARTS, tuple(aside))

    def _add(self, part: int, row: tuple[Any, ...]) -> None:
        pending = self._pending[part]
        pending.append(row)
        if len(pending) >= WRITTEN_AT_ONCE:
            self._write(part)

    def _write(self, part: int) -> None:
        if self._pending[part]:
            block = marshal.dumps(self._pending[part])
            with self._path(part).open("ab") as file:
                file.write(len(block).to_bytes(LENGTH_BYTES) + block)
            self._pending[part] = []

    def _path(self, part: int) -> Path:
        return Path(self._folder.name) / f"{part}"

    def _blocks(self, part: int) -> Iterator[list[tuple[Any, ...]]]:
        path = self._path(part)
        if path.exists():
            with path.open("rb") as file:
                # A block is read whole: `marshal.load` would ask the file for every value by itself.
                while length := file.read(LENGTH_BYTES):
                    yield marshal.loads(file.read(int.from_bytes(length)))

    def steps(self, part: int) -> list[Step]:
        """The steps of one part, in the order of the file."""
        return [step for block in self._blocks(part) for step in map(Step._make, block)]

    def aside(self) -> Iterator[Aside]:
        """Every line that was put aside."""
        self._write(PARTS)
        for block in self._blocks(PARTS):
            yield from (Aside(*row) for row in block)
