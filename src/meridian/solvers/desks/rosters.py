"""Give the shifts of a week to people: rest between shifts, hours and days a week, by CP-SAT.

The week repeats, so Sunday's night shift rests into Monday. `violations` reads a roster again without the
solver.
"""

import math
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from meridian.solvers.desks.shifts import HOURS_PER_WEEK, ShiftCover

HOURS_PER_DAY = 24
MOST_CHOICES = 10_000


@dataclass(frozen=True)
class RestRules:
    """What a person may be asked for in a week."""

    rest_hours: int = 11
    most_hours: int = 40
    most_days: int = 5


@dataclass(frozen=True)
class Shift:
    """Hours of the week from `start`; may run over Sunday midnight."""

    start: int
    hours: int

    @property
    def day(self) -> int:
        return self.start // HOURS_PER_DAY


@dataclass(frozen=True)
class Roster:
    """The shifts of each person, and the fewest people that any roster of these shifts could do with."""

    people: tuple[tuple[Shift, ...], ...]
    least_people: int


def shifts_of(cover: ShiftCover) -> dict[Shift, int]:
    """How many of each shift a cover asks for."""
    return {
        Shift(int(start), length): int(cover.starts[row, start])
        for row, length in enumerate(cover.lengths_hours)
        for start in np.flatnonzero(cover.starts[row])
    }


def fewest_people(wanted: dict[Shift, int], rules: RestRules) -> int:
    """A bound: hours a week each may work, days each may work, and all who are on duty or resting at once."""
    hours = sum(shift.hours * count for shift, count in wanted.items())
    held = np.zeros(HOURS_PER_WEEK, int)
    for shift, count in wanted.items():
        np.add.at(held, _held(shift, rules), count)
    return max(
        math.ceil(hours / rules.most_hours),
        math.ceil(sum(wanted.values()) / rules.most_days),
        int(held.max(initial=0)),
    )


def make_roster(wanted: dict[Shift, int], rules: RestRules, seconds: float, seed: int = 1) -> Roster:
    """A roster with as few people as can be found in time: the best of a greedy one and of CP-SAT, which
    tries one person more at a time from the bound.
    """
    least = fewest_people(wanted, rules)
    best = _greedy(wanted, rules)
    remaining_seconds = seconds
    for people in range(least, len(best)):
        if remaining_seconds <= 0 or people * len(wanted) > MOST_CHOICES:
            break
        model, chosen = _model(wanted, rules, people)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = remaining_seconds
        status = solver.solve(model)
        remaining_seconds -= solver.wall_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            best = [
                tuple(shift for shift in wanted if solver.value(chosen[person, shift]))
                for person in range(people)
            ]
            break
        if status != cp_model.INFEASIBLE:
            break
        least = people + 1
    return Roster(tuple(best), least)


def _greedy(wanted: dict[Shift, int], rules: RestRules) -> list[tuple[Shift, ...]]:
    """Each shift, earliest first, to the first person who may still work it."""
    people: list[tuple[Shift, ...]] = []
    for shift in sorted(wanted, key=lambda one: (one.start, -one.hours)):
        for _ in range(wanted[shift]):
            for number, shifts in enumerate(people):
                if _may_add(shifts, shift, rules):
                    people[number] = (*shifts, shift)
                    break
            else:
                people.append((shift,))
    return people


def _may_add(shifts: tuple[Shift, ...], shift: Shift, rules: RestRules) -> bool:
    if sum(one.hours for one in shifts) + shift.hours > rules.most_hours:
        return False
    if len({one.day for one in shifts} | {shift.day}) > rules.most_days:
        return False
    return all(
        (shift.start - one.start) % HOURS_PER_WEEK >= one.hours + rules.rest_hours
        and (one.start - shift.start) % HOURS_PER_WEEK >= shift.hours + rules.rest_hours
        for one in shifts
    )


def violations(roster: Roster, wanted: dict[Shift, int], rules: RestRules) -> list[str]:
    """Every rule that a roster breaks, in words."""
    found = []
    given: dict[Shift, int] = {}
    for number, shifts in enumerate(roster.people, 1):
        for shift in shifts:
            given[shift] = given.get(shift, 0) + 1
        if sum(shift.hours for shift in shifts) > rules.most_hours:
            found.append(f"person {number} works more than {rules.most_hours} hours")
        if len({shift.day for shift in shifts}) > rules.most_days:
            found.append(f"person {number} works on more than {rules.most_days} days")
        ordered = sorted(shifts, key=lambda shift: shift.start)
        for one, other in zip(ordered, [*ordered[1:], *ordered[:1]], strict=True):
            gap = (other.start - one.start) % HOURS_PER_WEEK - one.hours
            if len(ordered) > 1 and gap < rules.rest_hours:
                found.append(f"person {number} rests {gap} hours after the shift that starts at {one.start}")
    found += [
        f"the shift at {shift.start} of {shift.hours} hours is given {given.get(shift, 0)} times, not {count}"
        for shift, count in wanted.items()
        if given.get(shift, 0) != count
    ]
    return found


def _held(shift: Shift, rules: RestRules) -> np.ndarray:
    """Hours in which a person who works a shift can begin no other: the shift and the rest after it."""
    return (shift.start + np.arange(shift.hours + rules.rest_hours)) % HOURS_PER_WEEK


def _model(
    wanted: dict[Shift, int], rules: RestRules, people: int
) -> tuple[cp_model.CpModel, dict[tuple[int, Shift], cp_model.IntVar]]:
    model = cp_model.CpModel()
    chosen = {(person, shift): model.new_bool_var("") for person in range(people) for shift in wanted}
    for shift, count in wanted.items():
        model.add(sum(chosen[person, shift] for person in range(people)) == count)
    holding = [[shift for shift in wanted if hour in _held(shift, rules)] for hour in range(HOURS_PER_WEEK)]
    for person in range(people):
        for shifts in holding:
            if len(shifts) > 1:
                model.add_at_most_one(chosen[person, shift] for shift in shifts)
        model.add(sum(shift.hours * chosen[person, shift] for shift in wanted) <= rules.most_hours)
        days = [model.new_bool_var("") for _ in range(7)]
        for shift in wanted:
            model.add_implication(chosen[person, shift], days[shift.day])
        model.add(sum(days) <= rules.most_days)
    return model, chosen
