"""What must hold of message catalogues: the placeholders of the original, and completeness at a release."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from meridian.site import discovery, files

PLACEHOLDER = re.compile(r"%\([a-zA-Z_]\w*\)[a-z]|\{[a-zA-Z_]\w*\}|%[sd]")


def is_translated(message: Message) -> bool:
    """Whether every form of the message has words, and nobody doubts them."""
    return all(_texts(message.string)) and not message.fuzzy


def _texts(words: object) -> list[str | None]:
    return list(words) if isinstance(words, tuple | list) else [words if isinstance(words, str) else None]


def untranslated() -> list[str]:
    """A sentence for each message that is still to be translated; such a one is shown in English."""
    return [
        f"{name}: {_shown(message)} is not translated."
        for name, message in _messages()
        if not is_translated(message)
    ]


def mistranslated() -> list[str]:
    """A sentence for each translation that has other placeholders than the original."""
    return [
        f"{name}: {_shown(message)} has other placeholders than its translation."
        for name, message in _messages()
        if is_translated(message) and not has_same_placeholders(message)
    ]


def _messages() -> Iterator[tuple[Path, Message]]:
    for place in files.catalogues():
        with place.open("rb") as source:
            catalogue = read_po(source, locale=place.parent.parent.name)
        yield from ((place.relative_to(discovery.HOUSE), message) for message in catalogue if message.id)


def has_same_placeholders(message: Message) -> bool:
    """Whether each form uses the placeholders of the original, in any order.

    A plural form may leave out the number that it spells, so one form of several may lack some.
    """
    originals = [text or "" for text in _texts(message.id)]
    strings = [text or "" for text in _texts(message.string)]
    lawful = [Counter(PLACEHOLDER.findall(original)) for original in originals]
    if len(originals) == 1:
        return all(Counter(PLACEHOLDER.findall(string)) == lawful[0] for string in strings)
    largest = set().union(*lawful)
    uses = [set(PLACEHOLDER.findall(string)) for string in strings]
    return all(use <= largest for use in uses) and uses[-1] == set(lawful[-1])


def _shown(message: Message) -> str:
    original = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return f'"{original[:60]}"'
