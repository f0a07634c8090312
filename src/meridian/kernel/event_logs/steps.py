"""What a line of a log says, understood by its mapping, or the reason why it is put aside."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from meridian.kernel.event_logs.lines import Aside, Said, Step
from meridian.kernel.event_logs.mapping import LogMapping

LONGEST_NUMBER = 200
LONGEST_WORDS = 2_000
LONGEST_REASON = 300
LONGEST_VALUE = 400
MOST_KEPT = 20_000


def understanding(mapping: LogMapping) -> Callable[[Said], Step | Aside]:
    """Reads lines by a mapping."""
    read_instant, state_of = mapping.read_instant, lru_cache(MOST_KEPT)(mapping.state_of)
    clean = _Cleaned().__getitem__

    def understand(said: Said) -> Step | Aside:
        line, number_words, at_words, source = said[:4]
        if said.fault:
            return _aside(said, said.fault)
        number = clean(number_words)
        if number is None:
            return _aside(said, f"The line has no “{mapping.number}”, which is the number.")
        if len(number) > LONGEST_NUMBER:
            return _aside(said, f"The number is longer than {LONGEST_NUMBER} characters.")
        at_words = clean(at_words)
        if at_words is None:
            return _aside(said, f"The line has no “{mapping.at}”, which is the time.")
        try:
            at = read_instant(at_words)
        except ValueError as fault:
            return _aside(said, f"The time can't be read: {fault}.")
        source = clean(source)
        if source is None:
            return _aside(said, f"The line has no “{'/'.join(mapping.state)}”, which is the state.")
        state = state_of(source)
        if state is None:
            return _aside(said, f"The mapping leads the state “{source[:200]}” nowhere.")
        rest = map(clean, said[4:12])
        return Step._make((number, at, line, state, source[:LONGEST_VALUE], *rest, said.mark))

    return understand


class _Cleaned(dict[str | None, str | None]):
    """Values as they are cleaned; what comes again is one and the same text, which spares time and memory."""

    def __missing__(self, value: str | None) -> str | None:
        if len(self) >= MOST_KEPT:
            self.clear()
        found = self[value] = _clean(value)
        return found


def _clean(value: str | None) -> str | None:
    """A value without spaces around it and zero bytes in it, which no row can hold; None when empty."""
    if value is None:
        return None
    value = value.strip()
    if "\0" in value:
        value = value.replace("\0", "�")
    return value or None


def _aside(said: Said, reason: str) -> Aside:
    number = _clean(said.number) or ""
    words = worded(said.words).replace("\0", "�")
    return Aside(said.line, number[:LONGEST_NUMBER], reason[:LONGEST_REASON], words[:LONGEST_WORDS])


def worded(words: str | Sequence[str] | Mapping[str, str]) -> str:
    """A line as one text: cells as CSV, attributes as `name=value`."""
    if isinstance(words, str):
        return words
    if isinstance(words, Mapping):
        words = [f"{name}={value}" for name, value in words.items()]
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(words)
    return text.getvalue()
