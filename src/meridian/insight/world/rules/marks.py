"""Desks as marks on the map: neighbours joined until nothing overlaps, names placed where there is room."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from meridian.insight.world.rules.equal_earth import Frame

STATES = ("open", "handover", "closed")
OVERLAP = 0.25  # of the smaller radius: two signs may touch like coins, no more


@dataclass(frozen=True, slots=True)
class DeskMark:
    """One desk at one instant: degrees north and east, state (one of STATES), counts of work.

    `local_time` is the words to print beside the name ("17:32"), `place` the code of where it
    stands, `url` its queue, empty when the reader may not open it.
    """

    name: str
    latitude: float
    longitude: float
    state: str
    waiting: int
    in_hand: int
    place: str
    url: str
    local_time: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign on the map: its largest desk gives place and name; sizes in map units."""

    desks: tuple[DeskMark, ...]
    x: float
    y: float
    radius: float

    @property
    def waiting(self) -> int:
        """Work waiting at all its desks."""
        return sum(desk.waiting for desk in self.desks)

    @property
    def state(self) -> str:
        """What most of its desks are; on a tie the one nearer to open."""
        counts = self.shares
        return max(STATES, key=lambda state: counts[state])

    @property
    def shares(self) -> dict[str, int]:
        """Number of its desks in each state."""
        return {state: sum(desk.state == state for desk in self.desks) for state in STATES}


@dataclass(frozen=True, slots=True)
class Label:
    """A name placed beside a mark: where the text begins or ends (`anchor` start, middle or end).

    `words` are the name and, where there is room for it, what follows in a softer hand.
    """

    mark: Mark
    words: tuple[str, str]
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def radius_of(waiting: int, count: int, unit: float) -> float:
    """Area grows with work waiting; a quiet desk is a dot; joined desks leave room for their ring."""
    if waiting == 0 and count == 1:
        return 7 * unit
    return (min(12 + 0.75 * sqrt(waiting), 34) + (2 if count > 1 else 0)) * unit


def weight_of(desk: DeskMark) -> tuple[int, str, str]:
    """Order of importance: all the work of a desk; name and address break ties, so that drawings repeat."""
    return desk.waiting + desk.in_hand, desk.name, desk.url


def _mark(desks: Iterable[DeskMark], frame: Frame, unit: float) -> Mark:
    """One mark for these desks, at the place among them that has most work; its desks come first."""
    work: Counter[tuple[float, float]] = Counter()
    ordered = sorted(desks, key=weight_of, reverse=True)
    for desk in ordered:
        work[desk.latitude, desk.longitude] += desk.waiting + desk.in_hand + 1
    ordered.sort(key=lambda desk: work[desk.latitude, desk.longitude], reverse=True)
    x, y = frame.point(ordered[0].longitude, ordered[0].latitude)
    return Mark(tuple(ordered), x, y, radius_of(sum(desk.waiting for desk in ordered), len(ordered), unit))


def _by_place(desks: Sequence[DeskMark], frame: Frame, unit: float) -> list[Mark]:
    """One mark for each place, in an order that does not depend on that of `desks`."""
    places: dict[tuple[float, float], list[DeskMark]] = defaultdict(list)
    for desk in desks:
        places[desk.latitude, desk.longitude].append(desk)
    return [_mark(places[place], frame, unit) for place in sorted(places)]


def join_marks(desks: Sequence[DeskMark], frame: Frame, unit: float) -> list[Mark]:
    """Marks, busiest first, of which no two overlap by more than OVERLAP of the smaller radius.

    Each desk is in exactly one mark. The pair that overlaps most for its size is joined first;
    the result does not depend on the order of `desks`.
    """
    marks: dict[int, Mark] = dict(enumerate(_by_place(desks, frame, unit)))
    heap: list[tuple[float, int, int]] = []
    for number, mark in marks.items():
        _push_overlaps(heap, number, mark, ((other, marks[other]) for other in range(number)))
    fresh = len(marks)
    while heap:
        _, one, two = heapq.heappop(heap)
        if one in marks and two in marks:
            joined = _mark(marks.pop(one).desks + marks.pop(two).desks, frame, unit)
            _push_overlaps(heap, fresh, joined, marks.items())
            marks[fresh] = joined
            fresh += 1
    return sorted(marks.values(), key=_importance, reverse=True)


def _importance(mark: Mark) -> tuple[int, str, str]:
    """All the work of its desks; name and address break ties."""
    return sum(desk.waiting + desk.in_hand for desk in mark.desks), mark.desks[0].name, mark.desks[0].url


def _push_overlaps(
    heap: list[tuple[float, int, int]], number: int, mark: Mark, others: Iterable[tuple[int, Mark]]
) -> None:
    """Note each other mark that stands too near, with its distance as a share of the room both need."""
    for other_number, other in others:
        room = mark.radius + other.radius - OVERLAP * min(mark.radius, other.radius)
        if abs(mark.x - other.x) < room and abs(mark.y - other.y) < room:
            nearness = hypot(mark.x - other.x, mark.y - other.y) / room
            if nearness < 1:
                heapq.heappush(heap, (nearness, other_number, number))


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in the units of `size`: Chinese is square, other letters about half."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.57 for letter in text) * size


def place_labels(marks: Sequence[Mark], frame: Frame, size: float, brief: bool = False) -> list[Label]:
    """Names for as many marks as find room, the first ones first; no name covers a mark or a name.

    A name that finds no room with its local time is tried without; `brief` prints names alone.
    """
    signs = [Box(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks]
    labels: list[Label] = []
    names: list[Box] = []
    for index, mark in enumerate(marks):
        taken = signs[:index] + signs[index + 1 :] + names
        for words in _wordings(mark)[-1:] if brief else _wordings(mark):
            found = _free_place(mark, words, frame, size, taken)
            if found:
                labels.append(found[0])
                names.append(found[1])
                break
    return labels


def _wordings(mark: Mark) -> list[tuple[str, str]]:
    """Name with how many more stand there and local time; the same shorter; the name alone."""
    first, others = mark.desks[0], len(mark.desks) - 1
    if not others:
        return [(first.name, first.local_time), (first.name, "")]
    return [(first.name, f"+{others} {first.local_time}"), (first.name, f"+{others}"), (first.name, "")]


def _free_place(
    mark: Mark, words: tuple[str, str], frame: Frame, size: float, taken: Sequence[Box]
) -> tuple[Label, Box] | None:
    """The best spot beside the mark at which these words cover nothing."""
    width = text_width(" ".join(words).strip(), size)
    for label, box in _places(mark, words, width, size):
        inside = box.left > 0 and box.right < frame.width and box.top > 0 and box.bottom < frame.height
        if inside and not any(box.meets(other) for other in taken):
            return label, box
    return None


def _places(mark: Mark, words: tuple[str, str], width: float, size: float) -> Iterable[tuple[Label, Box]]:
    """Right, left, below, above and the four corners, in the order of preference."""
    gap = mark.radius + size * (0.55 if len(mark.desks) > 1 else 0.35)
    corner = mark.radius * 0.72 + size * 0.1
    rise = size * 0.35
    spots = [
        ("start", gap, rise),
        ("end", -gap, rise),
        ("middle", 0.0, gap + size * 0.75),
        ("middle", 0.0, -gap),
        ("start", corner, corner + size * 0.8),
        ("start", corner, -corner),
        ("end", -corner, corner + size * 0.8),
        ("end", -corner, -corner),
    ]
    for anchor, across, down in spots:
        x, y = mark.x + across, mark.y + down
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        yield Label(mark, words, x, y, anchor), Box(left, y - size * 0.85, left + width, y + size * 0.25)
