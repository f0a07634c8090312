"""A post table as somebody asks for it: an establishment, a day, and what narrows it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from meridian.engine.tables.table import Table
from meridian.steering.establishment.facade import CATEGORIES, PostState, division_of, in_rank, section_of
from meridian.steering.staffing.models import Establishment, Post
from meridian.steering.staffing.queries.states import stage_for, stages_of, states_on
from meridian.steering.staffing.queries.tables import unit_spec
from meridian.steering.staffing.rules.chart import Box

NARROWED_BY = ("unit_code", "grade", "fund", "duty_station")


@dataclass(frozen=True, slots=True)
class Standing:
    """The posts of an establishment on a day: all of them, and those that were asked for.

    `units` are in the order of the last stage before the day, `grades` from the highest down.
    """

    establishment: Establishment
    on: date
    every: Mapping[int, PostState]
    chosen: Mapping[int, PostState]
    units: tuple[str, ...]
    grades: tuple[str, ...]
    narrowed: Mapping[str, str] = field(default_factory=dict)


def standing(establishment: Establishment, on: date, narrowed: Mapping[str, str]) -> Standing:
    """The posts on a day; `narrowed` gives wanted values by attribute, a division for its units too."""
    every = states_on(Post.objects.filter(establishment=establishment), on)
    chosen = {key: state for key, state in every.items() if _fits(state, narrowed)}
    stage = stage_for(stages_of(establishment), on)
    units = _ordered((state.unit_code for state in chosen.values()), stage.units if stage else ())
    grades = in_rank(state.grade for state in chosen.values())
    return Standing(establishment, on, every, chosen, _divisions_together(units), grades, narrowed)


def _fits(state: PostState, narrowed: Mapping[str, str]) -> bool:
    for name, wanted in narrowed.items():
        value = getattr(state, name)
        if value != wanted and not (name == "unit_code" and division_of(value) == wanted):
            return False
    return True


def _ordered(found: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    place = {name: index for index, name in enumerate(order)}
    return tuple(sorted(set(found), key=lambda name: (place.get(name, len(place)), name)))


def _divisions_together(units: tuple[str, ...]) -> tuple[str, ...]:
    first: dict[str, int] = {}
    for index, unit in enumerate(units):
        first.setdefault(unit.partition("/")[0], index)
    return tuple(sorted(units, key=lambda unit: (first[unit.partition("/")[0]], units.index(unit))))


def matrix(found: Standing) -> Table:
    """Units by grade, with a subtotal for each division."""
    spec = unit_spec("post-table", _("Posts by unit and grade"), found.units, found.grades)
    return spec.lay_out((state.unit_code, state.grade, 1) for state in found.chosen.values())


def changes_between(earlier: Standing, later: Standing) -> Table:
    """By how many posts each unit and grade grew from one day to another."""
    units = _divisions_together(tuple(dict.fromkeys((*earlier.units, *later.units))))
    grades = in_rank((*earlier.grades, *later.grades))
    facts = [(state.unit_code, state.grade, 1) for state in later.chosen.values()]
    facts += [(state.unit_code, state.grade, -1) for state in earlier.chosen.values()]
    return unit_spec("post-changes", _("Changes by unit and grade"), units, grades).lay_out(facts)


def tally(found: Standing, attribute: str) -> list[tuple[str, int]]:
    """How many of the chosen posts have which value of an attribute: categories by rank, else most first."""
    counts = Counter(getattr(state, attribute) for state in found.chosen.values())
    if attribute == "category":
        return [(category, counts[category]) for category in in_rank(counts, CATEGORIES)]
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def values_of(found: Standing, attribute: str) -> list[str]:
    """The values of an attribute by which the table can be narrowed."""
    values = {getattr(state, attribute) for state in found.every.values()} - {""}
    if attribute == "unit_code":
        values |= {division_of(value) for value in values} - {""}
    return sorted(values)


def boxes(found: Standing, words: Mapping[str, str]) -> Box:
    """The organisation chart of the table: the establishment, its divisions, their sections.

    `words` gives the name to show for a part; each box counts exactly the posts of its row.
    """
    inside: dict[str, list[Box]] = {}
    for unit in found.units:
        states = [state for state in found.chosen.values() if state.unit_code == unit]
        box = Box(unit, words.get(unit, section_of(unit)), len(states), _composition(found, states))
        inside.setdefault(division_of(unit) or unit, []).append(box)
    parts = []
    for name, members in inside.items():
        if len(members) == 1 and members[0].key == name:
            parts += members
            continue
        states = [state for state in found.chosen.values() if state.unit_code.partition("/")[0] == name]
        parts.append(
            Box(name, words.get(name, name), len(states), _composition(found, states), tuple(members))
        )
    everything = _composition(found, found.chosen.values())
    return Box("", found.establishment.name, len(found.chosen), everything, tuple(parts))


def _composition(found: Standing, states: Iterable[PostState]) -> tuple[tuple[str, int], ...]:
    counts = Counter(state.grade for state in states)
    return tuple((grade, counts[grade]) for grade in found.grades if counts[grade])
