"""The words of a row as a text search vector, and its lexemes.

A lexeme is a word as it is compared, without its article, or its stem. Marks stand before others:
`=` for words of a heading, `==` for a whole heading, `#` for a word of letters and digits. Chinese
is kept as characters and pairs of neighbours, so that it is found wherever it is cut.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from meridian.engine.search import stems
from meridian.engine.search.words import HAN, bare, compared, compared_words, folded, parts, written_words

HEADING, WHOLE, CODE = "=", "==", "#"
MOST_POSITIONS = 8_000
MOST_BYTES = 700_000
MOST_REMEMBERED = 300_000
PIECE_CHARACTERS, OVERLAP = 20_000, 200
GAP = 2
UNTOLD = "en"
"""The language in which a text in no language is stemmed, so that a plural is found all the same."""

Places = list[tuple[tuple[str, ...], tuple[str, ...]]]
"""Per position of a word: the lexemes found there, and those of which the position is of no use."""

_remembered: dict[str, dict[str, Places]] = defaultdict(dict)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in its language; `heading` for a name or number, `whole` if a question may be just that."""

    text: str
    language: str = ""
    heading: bool = False
    whole: bool = False


def pieces(text: Text) -> Iterator[Text]:
    """A text, or a long one in pieces that overlap, so that no word is cut in all of them."""
    if len(text.text) <= PIECE_CHARACTERS:
        yield text
        return
    for start in range(0, len(text.text), PIECE_CHARACTERS - OVERLAP):
        yield Text(text.text[start : start + PIECE_CHARACTERS], text.language)


def whole_lexeme(text: str) -> str:
    """The lexeme of a heading that holds these words and no other."""
    return WHOLE + hashlib.blake2b(compared(text).encode(), digest_size=8).hexdigest()


def forms(word: str, written: str, dictionary: str) -> Iterator[tuple[str, str]]:
    """The pairs of dictionary and word that are to be learned before `variants` of a word."""
    yield dictionary, word
    yield dictionary, bare(word)
    yield dictionary, written.casefold()


def variants(word: str, written: str, dictionaries: Sequence[str]) -> tuple[str, ...]:
    """What a compared word is found as: itself, without its article, its stems with and without accents."""
    found = {word: None, bare(word): None}
    for dictionary in dictionaries:
        for _dictionary, form in forms(word, written, dictionary):
            found |= {folded(stem): None for stem in stems.stems(dictionary, form)}
    return tuple(filter(None, found))


def learn(texts: Iterable[Text]) -> None:
    """Ask for the stems of all new words of the texts at once."""
    if sum(map(len, _remembered.values())) > MOST_REMEMBERED:
        _remembered.clear()
    unknown = {
        (written, text.language)
        for text in texts
        for written in written_words(text.text)
        if written not in _remembered[text.language]
    }
    stems.learn(
        pair
        for written, language in unknown
        for word, form in compared_words(written)
        for part in parts(word)
        for dictionary in stems.dictionaries(part, language or UNTOLD)
        for pair in forms(part, form if part == word else part, dictionary)
    )


def places(written: str, language: str) -> Places:
    """The lexemes of a written word, which may be several, at each of its positions."""
    found: Places = []
    for word, form in compared_words(written):
        cut = parts(word)
        first = len(found)
        for part in cut:
            if HAN.match(part):
                found += [((part[at : at + 2],), (character,)) for at, character in enumerate(part)]
            else:
                asked = stems.dictionaries(part, language or UNTOLD)
                found.append((variants(part, form if part == word else part, asked), ()))
        if len(cut) > 1:
            found[first] = (found[first][0], (CODE + "".join(cut),))
    return found


@dataclass(slots=True)
class Vector:
    """Lexemes with their positions, counted in bytes as PostgreSQL will."""

    lexemes: dict[str, list[int]] = field(default_factory=dict)
    position: int = 0
    size: int = 0

    def put(self, lexeme: str, position: int | None = None) -> None:
        positions = self.lexemes.get(lexeme)
        if positions is None:
            positions = self.lexemes[lexeme] = []
            self.size += len(lexeme.encode()) + 8
        if position is not None:
            positions.append(position)
            self.size += 2

    def add(self, text: Text) -> None:
        remembered = _remembered[text.language]
        for written in written_words(text.text):
            found = remembered.get(written)
            if found is None:
                found = remembered[written] = places(written, text.language)
            for placed, unplaced in found:
                self.position += 1
                for lexeme in placed:
                    self.put(lexeme, self.position)
                    if text.heading:
                        self.put(HEADING + lexeme, self.position)
                for lexeme in unplaced:
                    self.put(lexeme)
                    if text.heading:
                        self.put(HEADING + lexeme)
        self.position += GAP
        if text.whole:
            self.put(whole_lexeme(text.text))

    def __str__(self) -> str:
        return " ".join(
            f"'{lexeme}':{','.join(map(str, positions[:255]))}" if positions else f"'{lexeme}'"
            for lexeme, positions in self.lexemes.items()
        )


def vectors(texts: Sequence[Text]) -> Iterator[str]:
    """The vectors of a row: one, or several for more text than one can hold.

    Each holds the heading and, as far as there is room, every word of the row, so that words from
    anywhere in it are found together; words that are asked for side by side stand in one of them.
    """
    headings = [text for text in texts if text.heading]
    vector = _begun(headings)
    full: list[Vector] = []
    for text in (text for text in texts if not text.heading):
        if vector.position > MOST_POSITIONS or vector.size > MOST_BYTES:
            full.append(vector)
            vector = _begun(headings)
        vector.add(text)
    full.append(vector)
    everything = {lexeme for one in full for lexeme in one.lexemes} if len(full) > 1 else set()
    for one in full:
        for lexeme in everything:
            if one.size > MOST_BYTES:
                break
            one.put(lexeme)
        yield str(one)


def _begun(headings: Iterable[Text]) -> Vector:
    vector = Vector()
    for text in headings:
        vector.add(text)
    return vector
