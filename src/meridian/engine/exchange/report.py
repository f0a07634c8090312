"""What an import did, or would do, cell by cell, with a mark by which one run can be held to another."""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_FAULTS = 200
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: its number in the file, 0 for the whole, and the column."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that changes, or, where `column` is empty, a row that is added."""

    line: int
    row: str
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(slots=True)
class Report:
    """What an import did, or would do when `dry`. With any fault nothing was written.

    `differences` are the first of them, `cells` and `added` count all. `is_stale` says that the
    file would now do something else than what was tried: nothing was written then either.
    """

    dry: bool
    lines: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    cells: int = 0
    is_stale: bool = False
    is_cut: bool = False
    faults: list[Fault] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    @property
    def written(self) -> bool:
        return not self.dry and not self.faults and not self.is_stale

    @property
    def unshown(self) -> int:
        """How many differences are not among those shown."""
        return self.added + self.cells - len(self.differences)

    @property
    def may_follow(self) -> bool:
        """Whether a run may be held to it: after a good trial, or when another is to be confirmed."""
        return (self.dry and not self.faults) or self.is_stale

    def told(self) -> dict[str, Any]:
        """All that people and programs read of it, as plain values."""
        return {
            "dry": self.dry,
            "written": self.written,
            "lines": self.lines,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "is_stale": self.is_stale,
            "is_cut": self.is_cut,
            "faults": [asdict(fault) for fault in self.faults],
            "differences": [asdict(one) for one in self.differences],
            "unshown": self.unshown,
        }

    @property
    def mark(self) -> str:
        """Equal for two runs that do the same to the same rows."""
        return self._digest.hexdigest()

    def fault(self, line: int, column: str, sentence: str) -> None:
        """Name what is wrong; after so many faults the rest of the file is not looked at."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line, column, sentence))
        self.is_cut = self.is_cut or len(self.faults) >= MOST_FAULTS

    def add(self, line: int, row: str, texts: dict[str, str]) -> None:
        """Count a row that is added with these texts."""
        self.added += 1
        self._keep(Difference(line, row), *sorted(texts.items()))

    def change(self, differences: list[Difference]) -> None:
        """Count a row of which these cells change."""
        self.changed += 1
        self.cells += len(differences)
        for difference in differences:
            self._keep(difference)

    def _keep(self, difference: Difference, *more: tuple[str, str]) -> None:
        self._digest.update(repr((difference, more)).encode("utf-8", "backslashreplace"))
        if len(self.differences) < MOST_SHOWN:
            self.differences.append(difference)
