"""How alike two proposals read: the cosine of their trigrams of letters, weighed by rarity.

The measure is that of information retrieval (term frequency times inverse document frequency).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

WORD = re.compile(r"\w+", re.UNICODE)
ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their keys, and how alike they are from 0 to 1."""

    first: str
    second: str
    likeness: float


def trigrams(text: str) -> Counter[str]:
    """Three letters in a row within words, spaces at their edges; case is ignored."""
    words = (f" {word} " for word in WORD.findall(text.casefold()))
    return Counter(word[at : at + 3] for word in words for at in range(len(word) - 2))


def likenesses_to(key: str, texts: Mapping[str, str], least: float = ALIKE) -> list[Pair]:
    """The pairs of one text with every other that is at least so alike, the most alike first."""
    vectors = _vectors(texts)
    pairs = [
        Pair(key, other, likeness)
        for other, vector in vectors.items()
        if other != key and (likeness := _cosine(vectors[key], vector)) >= least
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.second))


def _vectors(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    counts = {key: trigrams(text) for key, text in texts.items()}
    documents = Counter(gram for count in counts.values() for gram in count)
    weights = {gram: 1 + math.log((1 + len(texts)) / (1 + number)) for gram, number in documents.items()}
    return {
        key: _unit({gram: n * weights[gram] for gram, n in count.items()}) for key, count in counts.items()
    }


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {gram: value / length for gram, value in vector.items()} if length else {}


def _cosine(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    small, large = sorted((first, second), key=len)
    return sum(value * large.get(gram, 0.0) for gram, value in small.items())
