"""Words of six languages: how PostgreSQL reads each, and how Chinese is cut into words."""

import re

import rjieba

CONFIGURATIONS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ru": "russian",
    "zh-hans": "simple",
}
ANY = "simple"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def configuration(language: str) -> str:
    """The text search configuration of a language code; `simple` for an unknown one."""
    return CONFIGURATIONS.get(language, ANY)


def spaced(text: str) -> str:
    """Text whose Chinese words stand apart; other text unchanged. NUL, which can't be stored, goes."""
    text = text.replace("\0", " ")
    return " ".join(rjieba.cut_for_search(text)) if HAN.search(text) else text


def prefixes(text: str) -> str:
    """A tsquery of the `simple` configuration in which the last word may go on.

    Empty when the text holds no word.
    """
    words = re.findall(r"\w+", spaced(text), re.UNICODE)[:16]
    if not words:
        return ""
    return " & ".join(f"'{word}'" for word in words[:-1]) + (" & " if words[1:] else "") + f"'{words[-1]}':*"
