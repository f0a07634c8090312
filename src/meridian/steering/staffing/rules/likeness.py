"""Which roles a job title may belong to: cosine of TF-IDF over character n-grams.

Words are compared by the runs of two to four letters they are made of, so that "Sr. Netwk
Engineer" still comes near to "Network engineer". Weight: (1 + log tf) × log((1 + N) / (1 + df)) + 1.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

LENGTHS = (2, 3, 4)
WORDS = re.compile(r"[^\W_]+")


def grams(text: str) -> Counter[str]:
    """The letter runs of each word, with the word's edges marked."""
    found: Counter[str] = Counter()
    for word in WORDS.findall(text.casefold()):
        edged = f" {word} "
        for length in LENGTHS:
            found.update(edged[start : start + length] for start in range(len(edged) - length + 1))
    return found


def vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """A unit vector per text; an empty text has an empty one."""
    counted = [grams(text) for text in texts]
    spread = Counter(gram for found in counted for gram in found)
    made = []
    for found in counted:
        weights = {
            gram: (1 + math.log(count)) * (math.log((1 + len(texts)) / (1 + spread[gram])) + 1)
            for gram, count in found.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        made.append({gram: weight / length for gram, weight in weights.items()})
    return made


def suggestions(
    titles: Sequence[str], examples: Mapping[str, Sequence[str]], count: int = 3
) -> list[list[tuple[str, float]]]:
    """For each title the `count` nearest roles with their likeness (0 to 1), nearest first.

    `examples` gives the texts known for a role: its name and the titles that were confirmed;
    the likeness to a role is that to its nearest text. Roles without any likeness are left out.
    """
    owners = [(role, text) for role, texts in examples.items() for text in texts]
    known = vectors([*(text for _role, text in owners), *titles])
    answers = []
    for title in known[len(owners) :]:
        best: dict[str, float] = {}
        for (role, _text), vector in zip(owners, known, strict=False):
            likeness = sum(weight * vector.get(gram, 0.0) for gram, weight in title.items())
            best[role] = max(best.get(role, 0.0), likeness)
        ranked = sorted(((-score, role) for role, score in best.items() if score > 0))
        answers.append([(role, -score) for score, role in ranked[:count]])
    return answers
