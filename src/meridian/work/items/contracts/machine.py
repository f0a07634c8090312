"""How items move from state to state: declared as data by each module that has items."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Move(NamedTuple):
    """The states in which a verb may be used, and the one that it leads to; None where it stays."""

    sources: frozenset[str]
    target: str | None = None


@dataclass(frozen=True)
class Machine:
    """What can be done to an item in which state; `open` are the states that ask for work."""

    open: frozenset[str]
    moves: Mapping[str, Move]

    def may(self, verb: str, state: str) -> bool:
        return state in self.moves[verb].sources

    def verbs_of(self, state: str) -> frozenset[str]:
        """What can be done to an item in this state, by anybody."""
        return frozenset(verb for verb, move in self.moves.items() if state in move.sources)
