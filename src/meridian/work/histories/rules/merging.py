"""Lines of a case that are here already and those that another file tells: which are new, in what order.

A line is known again by its instant and the checksum of all its words, as often as it was told. A file
exported anew, after columns have changed, tells every line that we hold, though none word for word:
there, instant, state, group and owner make a line.

Time decides the order. Lines of one instant stand as a file has them that tells them all, else those
that were here first.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from meridian.kernel.event_logs.lines import Step


class Merged(NamedTuple):
    """A line of a case in its place, and the line that tells it in the file at hand, if that does."""

    step: Step
    is_new: bool
    told_in: int | None


def _word_for_word(step: Step) -> Hashable:
    return step.at, step.mark


def _in_other_words(step: Step) -> Hashable:
    return step.at, step.source_state, step.group, step.owner


def merged(held: Sequence[Step], told: Sequence[Step]) -> list[Merged]:
    """The lines of a case in order: those `held`, in theirs, and those `told` by a file, in its own."""
    known = _matched(held, told, _word_for_word)
    if not known:
        anew = _matched(held, told, _in_other_words)
        known = anew if len(anew) == len(held) else {}
    again = {place: telling for telling, place in known.items()}
    rows: dict[int, list[Merged]] = defaultdict(list)
    for place, step in enumerate(held):
        telling = again.get(place)
        rows[step.at].append(Merged(step, False, None if telling is None else told[telling].line))
    added: dict[int, list[Merged]] = defaultdict(list)
    for telling, step in enumerate(told):
        known_as = known.get(telling)
        added[step.at].append(
            Merged(step, True, step.line) if known_as is None else Merged(held[known_as], False, step.line)
        )
    return [row for at in sorted({*rows, *added}) for row in _in_order(rows[at], added[at])]


def _in_order(held: Sequence[Merged], told: Sequence[Merged]) -> Iterator[Merged]:
    """The lines of one instant."""
    if all(row.told_in is not None for row in held):
        yield from told
    else:
        yield from held
        yield from (row for row in told if row.is_new)


def _matched(
    held: Sequence[Step], told: Iterable[Step], key: Callable[[Step], Hashable]
) -> Mapping[int, int]:
    """By the place of a line that is told the place of the same one that is held; each once."""
    free: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, step in enumerate(held):
        free[key(step)].append(place)
    return {telling: free[name].popleft() for telling, name in enumerate(map(key, told)) if free.get(name)}
