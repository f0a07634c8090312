"""Which proposals read alike, and may be the same need."""

from collections.abc import Mapping
from dataclasses import dataclass

from meridian.kernel.likeness import cosine, vectors

ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their keys, and how alike they are from 0 to 1."""

    first: str
    second: str
    likeness: float


def likenesses_to(key: str, texts: Mapping[str, str], least: float = ALIKE) -> list[Pair]:
    """The pairs of one text with every other that is at least so alike, the most alike first."""
    known = dict(zip(texts, vectors(list(texts.values())), strict=True))
    pairs = [
        Pair(key, other, likeness)
        for other, vector in known.items()
        if other != key and (likeness := cosine(known[key], vector)) >= least
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.second))
