"""Stems of words, by PostgreSQL's dictionaries: asked for many words at once and remembered."""

from collections.abc import Iterable

from django.db import connection

BY_LANGUAGE = {"en": "english_stem", "fr": "french_stem", "es": "spanish_stem"}
LATIN = tuple(BY_LANGUAGE.values())
MOST_REMEMBERED = 400_000

_known: dict[tuple[str, str], tuple[str, ...] | None] = {}


def dictionaries(word: str, language: str = "") -> tuple[str, ...]:
    """The dictionaries that may know a word: by its script, in Latin letters by the language of the text.

    Without a language all of them, for who asks may ask in any.
    """
    first = word[:1]
    if "\u0600" <= first <= "\u06ff":
        return ("arabic_stem",)
    if "\u0400" <= first <= "\u052f":
        return ("russian_stem",)
    if not first.isalpha() or first > "\u024f":
        return ()
    return LATIN if not language else (BY_LANGUAGE.get(language, "english_stem"),)


def learn(asked: Iterable[tuple[str, str]]) -> None:
    """Look up the stems of pairs of dictionary and word that aren't known yet, in one statement."""
    unknown = sorted({pair for pair in asked if pair not in _known})
    if not unknown:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, word, ts_lexize(name::regdictionary, word) FROM unnest(%s::text[], %s::text[])"
            " AS asked (name, word)",
            [[name for name, _word in unknown], [word for _name, word in unknown]],
        )
        for name, word, found in cursor.fetchall():
            _known[name, word] = tuple(found) or None
    for oldest in list(_known)[: max(0, len(_known) - MOST_REMEMBERED)]:
        _known.pop(oldest, None)


def stems(dictionary: str, word: str) -> tuple[str, ...]:
    """The stems of a word; none for one without a meaning of its own."""
    return _looked_up(dictionary, word) or ()


def is_stop_word(dictionary: str, word: str) -> bool:
    """Whether a word is one that most texts of its language hold, such as an article."""
    return _looked_up(dictionary, word) is None


def _looked_up(dictionary: str, word: str) -> tuple[str, ...] | None:
    while (dictionary, word) not in _known:
        learn([(dictionary, word)])
    return _known[dictionary, word]
