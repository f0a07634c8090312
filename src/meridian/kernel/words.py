"""Words as people type them: alike whatever their case and accents, and the near ones of a mistake."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# Signs that sit upon a letter: accents, Arabic vowels and the hamza that stands on one.
MARKS = "[\u0300-\u036f\u064b-\u065f]"
_MARKS = re.compile(MARKS)
# Spaces, controls, directions, marks without a letter; and the letters that are drawn as nothing.
UNSEEN_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Me"})
UNSEEN_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
LEAST_LIKENESS = 0.6
MOST_NAMED = 3


def folded(text: str) -> str:
    """`text` without case, accents and needless spaces: "  Réseau" and "RESEAU" are alike."""
    # Apart first: a letter that stands raised or small has its capital only then.
    small = unicodedata.normalize("NFKD", text).lower()
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKD", small)).split())


def can_be_seen(text: str) -> bool:
    """Whether a text has at least one character that a reader sees."""
    return any(
        unicodedata.category(letter) not in UNSEEN_CATEGORIES and letter not in UNSEEN_LETTERS
        for letter in text
    )


def near(text: str, known: Iterable[str], most: int = MOST_NAMED) -> list[str]:
    """The known words that `text` may have been meant for, nearest first; none when nothing is near.

    A word that holds what was typed comes before one that only resembles it.
    """
    wanted = folded(text)
    by_folded: dict[str, str] = {}
    for word in known:
        by_folded.setdefault(folded(word), word)
    if not wanted:
        return []
    holding = sorted((word for word in by_folded if len(wanted) > 2 and wanted in word), key=len)[:most]
    alike = difflib.get_close_matches(wanted, list(by_folded), most, LEAST_LIKENESS)
    return [by_folded[word] for word in dict.fromkeys([*holding, *alike])][:most]
