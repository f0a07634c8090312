"""What was typed, as questions to the vectors: each word in every form in which it may stand there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meridian.engine.search import stems
from meridian.engine.search.vectors import CODE, HEADING, forms, variants, whole_lexeme
from meridian.engine.search.words import HAN, chinese_words, folded, parts, words

TERMS = re.compile(r'(?:(?<=\s)|^)(?P<not>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
LEAST_LETTERS_OF_BEGINNING = 2
LEAST_LETTERS_OF_CODE = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: its lexemes, any of which will do, or a run of Chinese.

    `goes_on` finds words that begin like it; `says_little` is an article or the like.
    """

    lexemes: tuple[str, ...] = ()
    run: str = ""
    goes_on: bool = False
    says_little: bool = False

    def query(self, mark: str) -> str:
        if self.run:
            pairs = [self.run[at : at + 2] for at in range(len(self.run) - 1)] or [self.run]
            return "(" + " <-> ".join(f"'{mark}{pair}'" for pair in pairs) + ")"
        beginning = [f"'{mark}{self.lexemes[0]}':*"] if self.goes_on else []
        return "(" + " | ".join(beginning + [f"'{mark}{lexeme}'" for lexeme in self.lexemes]) + ")"


@dataclass(frozen=True, slots=True)
class Question:
    """The three questions to a vector, as `tsquery`: the best rows first.

    `whole`: a heading is just what was typed. `heading`: headings hold all words.
    `anywhere`: the row holds them; what the other two find, it finds too.
    """

    whole: str
    heading: str
    anywhere: str

    @property
    def ranks(self) -> tuple[str, str, str]:
        return self.whole, self.heading, self.anywhere


def understood(text: str) -> Question | None:
    """What a text asks for; None when it holds no word.

    Words may stand in any order. `"…"` asks for words side by side, `-` for rows without a word.
    The last word may go on. Articles and the like count only when there is nothing else.
    """
    wanted: list[list[Word]] = []
    unwanted: list[list[Word]] = []
    for term in TERMS.finditer(text):
        typed = term["word"] if term["phrase"] is None else term["phrase"]
        read = list(_read(typed, in_phrase=term["phrase"] is not None))
        if term["phrase"] is None:
            (unwanted if term["not"] else wanted).extend([word] for word in read)
        elif read:
            (unwanted if term["not"] else wanted).append(read)
    if not wanted:
        return None
    if not text.endswith('"') and len(wanted[-1]) == 1:
        wanted[-1] = [_going_on(wanted[-1][0])]
    telling = [term for term in wanted if len(term) > 1 or not term[0].says_little] or wanted
    without = "".join(f" & !{_side_by_side(term, '')}" for term in unwanted)
    return Question(
        f"'{whole_lexeme(text)}'{without}",
        " & ".join(_side_by_side(term, HEADING) for term in telling) + without,
        " & ".join(_side_by_side(term, "") for term in telling) + without,
    )


def telling_words(text: str) -> list[Word]:
    """The words of a text that tell something, each once; none of them goes on, nor is left out by a sign."""
    read = {word.query(""): word for word in _read(text, in_phrase=False)}
    return [word for word in read.values() if not word.says_little]


def _side_by_side(term: Iterable[Word], mark: str) -> str:
    return "(" + " <-> ".join(word.query(mark) for word in term) + ")"


def _read(typed: str, *, in_phrase: bool) -> Iterator[Word]:
    for word, written in words(typed):
        cut = parts(word)
        if len(cut) > 1 and not in_phrase:
            yield Word((CODE + "".join(cut),))
            continue
        for part in cut:
            if HAN.match(part):
                yield from (Word(run=run) for run in chinese_words(part))
            else:
                yield _plain(part, written if part == word else part)


def _plain(word: str, written: str) -> Word:
    asked = stems.dictionaries(word)
    stems.learn(pair for dictionary in asked for pair in forms(word, written, dictionary))
    says_little = any(
        stems.is_stop_word(dictionary, form)
        for dictionary in asked
        for form in {word, folded(written), written.casefold()}
    )
    return Word(variants(word, written, asked), says_little=says_little)


def _going_on(word: Word) -> Word:
    if word.run or word.lexemes[0].isdecimal():
        return word
    least = LEAST_LETTERS_OF_CODE if word.lexemes[0].startswith(CODE) else LEAST_LETTERS_OF_BEGINNING
    goes_on = len(word.lexemes[0].lstrip(CODE)) >= least
    return Word(word.lexemes, goes_on=goes_on, says_little=word.says_little)
