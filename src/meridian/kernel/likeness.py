"""How alike texts read: cosine of TF-IDF over runs of letters.

Words are compared by the runs of two to four letters they are made of, so that "Sr. Netwk
Engineer" still comes near to "Network engineer". Weight: (1 + log tf) × (log((1 + N) / (1 + df)) + 1).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

LENGTHS = (2, 3, 4)
WORDS = re.compile(r"[^\W_]+")
Vector = Mapping[str, float]


def grams(text: str) -> Counter[str]:
    """The letter runs of each word, with the word's edges marked; case is ignored."""
    found: Counter[str] = Counter()
    for word in WORDS.findall(text.casefold()):
        edged = f" {word} "
        for length in LENGTHS:
            found.update(edged[start : start + length] for start in range(len(edged) - length + 1))
    return found


def vectors(texts: Sequence[str]) -> list[Vector]:
    """A unit vector per text; an empty text has an empty one."""
    counted = [grams(text) for text in texts]
    spread = Counter(gram for found in counted for gram in found)
    made: list[Vector] = []
    for found in counted:
        weights = {
            gram: (1 + math.log(count)) * (math.log((1 + len(texts)) / (1 + spread[gram])) + 1)
            for gram, count in found.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        made.append({gram: weight / length for gram, weight in weights.items()})
    return made


def cosine(first: Vector, second: Vector) -> float:
    """How alike two unit vectors are, from 0 to 1."""
    small, large = sorted((first, second), key=len)
    return sum(weight * large.get(gram, 0.0) for gram, weight in small.items())
