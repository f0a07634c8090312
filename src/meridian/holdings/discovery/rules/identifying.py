"""Which sightings are of one thing: from the set of all of them, never from the order in which they came.

A sighting is a thing as one source knows it. Serial numbers decide: those who share one are one thing.
Who has none belongs to the one thing whose other strong keys (unique id, asset tag, the agent's own id)
they share, and who has no strong key at all to the one whose weak keys (network addresses) they share. A
key that leads to two things decides nothing: whoever has nothing better stays undecided, and nothing is
written for them. Ties and partings are what people decided.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

SERIAL = "serial:"
# The name by which one source knows a thing: it holds that source's sightings together, and says no more.
AGENT = "agent:"


@dataclass(frozen=True, slots=True)
class Sighted:
    """What identification knows of a sighting. `family` is the broad class, empty where it isn't known."""

    name: str
    family: str = ""
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()


Keys = Callable[[Sighted], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Thing:
    """Sightings of one thing, by name, and the key by which it is called whatever came first."""

    identity: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A key that leads to several things (`members` carry it), or a sighting that may be any of several.

    `subject` is the key or the name of the sighting; `things` are the identities that it may mean.
    """

    subject: str
    things: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All things, what is in doubt, and the sightings for which nothing is written."""

    things: tuple[Thing, ...]
    doubts: tuple[Doubt, ...]
    undecided: frozenset[str]


class Sets:
    """Disjoint sets of names; the least name of a set stands for it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._above = {name: name for name in names}

    def top(self, name: str) -> str:
        while self._above[name] != name:
            self._above[name] = self._above[self._above[name]]
            name = self._above[name]
        return name

    def join(self, names: Iterable[str]) -> None:
        tops = sorted({self.top(name) for name in names})
        for other in tops[1:]:
            self._above[other] = tops[0]


@dataclass(slots=True)
class _Plan:
    """The sightings while they are put together."""

    sightings: dict[str, Sighted]
    sets: Sets
    # The families of a serial number that several kinds of thing bear.
    torn_serials: dict[str, list[str]] = field(default_factory=dict)

    def grouped(self, names: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            found[self.sets.top(name)].append(name)
        return found


def identify(
    sightings: Sequence[Sighted],
    ties: Iterable[tuple[str, str]] = (),
    blocked: frozenset[str] = frozenset(),
) -> Found:
    """Put sightings together. `ties` are pairs that somebody said are one; `blocked` keys are none."""
    known = {one.name: _without(one, blocked) for one in sightings}
    plan = _Plan(known, Sets(known))
    for pair in ties:
        plan.sets.join([name for name in pair if name in known])
    carriers = _carriers(known.values(), lambda one: one.strong)
    decided = _by_serial(plan, carriers)
    roots = _by_strong(plan, carriers, decided)
    rest = _by_weak(plan, roots)
    undecided = roots.undecided | rest
    written = [name for name in known if name not in undecided]
    groups = plan.grouped(written)
    identity = {top: _identity(known[name] for name in names) for top, names in groups.items()}
    identity = _told_apart(identity, groups)
    things = [Thing(identity[top], tuple(names)) for top, names in groups.items()]
    doubts = [*_torn(plan, carriers, identity, undecided), *_undecided(plan, undecided, identity)]
    return Found(
        tuple(sorted(things, key=lambda thing: thing.identity)),
        tuple(sorted(doubts, key=lambda doubt: doubt.subject)),
        frozenset(undecided),
    )


def _without(one: Sighted, blocked: frozenset[str]) -> Sighted:
    return Sighted(one.name, one.family, one.strong - blocked, one.weak - blocked)


def _carriers(sightings: Iterable[Sighted], keys: Keys) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in sightings:
        for key in keys(one):
            found[key].append(one.name)
    return found


def _by_serial(plan: _Plan, carriers: dict[str, list[str]]) -> set[str]:
    """Join who shares a serial number, each kind of thing apart; the names that are decided by it."""
    decided: set[str] = set()
    for key, names in carriers.items():
        if not key.startswith(SERIAL):
            continue
        families = sorted({plan.sightings[name].family for name in names} - {""})
        if len(families) <= 1:
            plan.sets.join(names)
            decided |= set(names)
            continue
        plan.torn_serials[key] = families
        for family in families:
            alike = [name for name in names if plan.sightings[name].family == family]
            plan.sets.join(alike)
            decided |= set(alike)
    return decided


@dataclass(slots=True)
class _Roots:
    """The sets that weak keys may lead to, and whose strong keys lead to more than one."""

    tops: set[str]
    undecided: dict[str, set[str]]


def _by_strong(plan: _Plan, carriers: dict[str, list[str]], decided: set[str]) -> _Roots:
    """Let those without a serial number belong to the one thing that shares their other strong keys."""
    tops = {plan.sets.top(name) for name in decided}
    others = [name for name, one in plan.sightings.items() if one.strong and plan.sets.top(name) not in tops]
    reached = {key: {plan.sets.top(name) for name in names} & tops for key, names in carriers.items()}
    blobs = Sets(plan.sightings)
    for names in plan.grouped(others).values():
        blobs.join(names)
    for key, names in carriers.items():
        if len(reached[key]) <= 1:
            blobs.join(name for name in names if plan.sets.top(name) not in tops)
    gathered: dict[str, list[str]] = defaultdict(list)
    for name in sorted(others):
        gathered[blobs.top(name)].append(name)
    undecided: dict[str, set[str]] = {}
    found = set(tops)
    for names in gathered.values():
        touched = set().union(*(reached[key] for name in names for key in plan.sightings[name].strong))
        if len(touched) > 1:
            undecided |= dict.fromkeys(names, touched)
            continue
        plan.sets.join([*names, *touched])
        if touched or _bears_a_number(plan, names):
            found |= {plan.sets.top(names[0])}
    # A set may be called by another name since it grew.
    return _Roots({plan.sets.top(top) for top in found}, undecided)


def _bears_a_number(plan: _Plan, names: Iterable[str]) -> bool:
    """Whether something else than the names at their sources holds these together."""
    return any(not key.startswith(AGENT) for name in names for key in plan.sightings[name].strong)


def _by_weak(plan: _Plan, roots: _Roots) -> dict[str, set[str]]:
    """Let those without a number belong to the one thing that shares their weak keys."""
    bare = [
        name
        for name in plan.sightings
        if name not in roots.undecided and plan.sets.top(name) not in roots.tops
    ]
    carriers = _carriers(plan.sightings.values(), lambda one: one.weak)
    reached = {
        key: {plan.sets.top(name) for name in names if name not in roots.undecided} & roots.tops
        for key, names in carriers.items()
    }
    undecided: dict[str, set[str]] = {}
    alone: list[str] = []
    for names in plan.grouped(bare).values():
        touched = set().union(*(reached[key] for name in names for key in plan.sightings[name].weak))
        if len(touched) > 1:
            undecided |= dict.fromkeys(names, touched)
        elif touched:
            plan.sets.join([*names, *touched])
        else:
            alone += names
    free = set(alone)
    for key, names in carriers.items():
        if not reached[key]:
            plan.sets.join(name for name in names if name in free)
    return undecided


def _identity(sightings: Iterable[Sighted]) -> str:
    """The best key of a thing: the least serial number, else strong key, else weak key, else name."""
    members = list(sightings)
    keys = {key for one in members for key in one.strong}
    serials = [key for key in keys if key.startswith(SERIAL)]
    numbers = [key for key in keys if not key.startswith(AGENT)]
    for found in (serials, numbers, keys, {key for one in members for key in one.weak}):
        if found:
            return min(found)
    return min(one.name for one in members)


def _told_apart(identity: dict[str, str], groups: dict[str, list[str]]) -> dict[str, str]:
    """Two things that would be called the same get the name of a sighting besides."""
    called: dict[str, list[str]] = defaultdict(list)
    for top, name in identity.items():
        called[name].append(top)
    return {
        top: name if len(called[name]) == 1 else f"{name} {groups[top][0]}" for top, name in identity.items()
    }


def _torn(
    plan: _Plan, carriers: dict[str, list[str]], identity: dict[str, str], undecided: dict[str, set[str]]
) -> Iterable[Doubt]:
    """Strong keys that lead to several things."""
    for key, names in carriers.items():
        written = [name for name in names if name not in undecided]
        things = {identity[plan.sets.top(name)] for name in written}
        if len(things) > 1:
            yield Doubt(key, tuple(sorted(things)), tuple(sorted(names)))


def _undecided(plan: _Plan, undecided: dict[str, set[str]], identity: dict[str, str]) -> Iterable[Doubt]:
    """Sightings that may be of any of several things."""
    for name, tops in undecided.items():
        things = {identity[top] for top in map(plan.sets.top, tops) if top in identity}
        yield Doubt(name, tuple(sorted(things)), (name,))
