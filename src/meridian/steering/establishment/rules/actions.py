"""A post at any date is the fold of its actions.

An action holds the attributes before it and after it, so the state at a date is the last
action's second half; `succeed` says which action may follow which state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from meridian.steering.establishment.contracts import ActionKind, PostCategory, Tenure

PROFESSIONAL_GRADES = ("DSG", "USG", "ASG", "D-2", "D-1", "P-5", "P-4/3", "P-4", "P-3", "P-2/1", "P-2", "P-1")
GENERAL_GRADES = ("GS-PL", "GS-OL")
GRADES = (*PROFESSIONAL_GRADES, *GENERAL_GRADES, "SS", "TC", "FS", "NPO", "LL", "UNV")

CHANGED_BY = {
    ActionKind.REDEPLOY: "unit_code",
    ActionKind.RECLASSIFY: "grade",
    ActionKind.RELOCATE: "duty_station",
    ActionKind.CONVERT: "tenure",
}
MAY_CHANGE = {
    ActionKind.ESTABLISH: frozenset({"unit_code", "grade", "category", "fund", "duty_station", "tenure"}),
    ActionKind.TRANSFER: frozenset({"unit_code", "grade", "category", "fund", "duty_station", "tenure"}),
    ActionKind.ABOLISH: frozenset(),
    ActionKind.REDEPLOY: frozenset({"unit_code", "fund", "duty_station"}),
    ActionKind.RECLASSIFY: frozenset({"grade", "category"}),
    ActionKind.RELOCATE: frozenset({"duty_station", "grade", "category"}),
    ActionKind.CONVERT: frozenset({"tenure", "fund", "grade", "category"}),
}


@dataclass(frozen=True, slots=True)
class PostState:
    """What a standing post is; a post that doesn't stand has no state (None)."""

    unit_code: str
    grade: str
    category: str
    fund: str = ""
    duty_station: str = ""
    tenure: str = Tenure.POST.value


ATTRIBUTES = tuple(found.name for found in fields(PostState))


@dataclass(frozen=True, slots=True)
class Step:
    """An action asked for: what changes, and what is said of the post beforehand.

    `stated` holds attributes that the post must have for the action to apply.
    """

    kind: ActionKind
    effective_on: date
    changes: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)


class Impossible(ValueError):
    """The action can't happen to the post. `code` says why; `values` fill the sentence."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code, self.values = code, values


def category_of(grade: str) -> str:
    """The category a grade is counted in where nothing else is said."""
    if grade in PROFESSIONAL_GRADES:
        return PostCategory.PROFESSIONAL.value
    return PostCategory.GENERAL_SERVICE.value if grade in GENERAL_GRADES else PostCategory.OTHER.value


def succeed(state: PostState | None, step: Step) -> PostState | None:
    """The state after `step`; `Impossible` where the step can't follow `state`.

    `establish` makes a post; `abolish` ends it; `transfer` brings one in from another
    establishment or, for a post that stands, hands it over; the rest change what stands.
    """
    kind = ActionKind(step.kind)
    foreign = set(step.changes) - MAY_CHANGE[kind]
    if kind is ActionKind.TRANSFER and state is not None:
        foreign = set(step.changes) - {"unit_code"}
    if foreign:
        raise Impossible("foreign", kind=kind.value, field=min(foreign))
    if kind is ActionKind.ESTABLISH or (kind is ActionKind.TRANSFER and state is None):
        return _entered(state, step)
    if state is None:
        raise Impossible("absent", kind=kind.value)
    for name, said in step.stated.items():
        if said and getattr(state, name) != said:
            raise Impossible("stated", field=name, stated=said, actual=getattr(state, name))
    if kind in (ActionKind.ABOLISH, ActionKind.TRANSFER):
        return None
    return _changed(state, step, kind)


def _entered(state: PostState | None, step: Step) -> PostState:
    if state is not None:
        raise Impossible("standing")
    values = {name: value for name, value in step.changes.items() if value}
    for name in ("unit_code", "grade"):
        if name not in values:
            raise Impossible("missing", field=name)
    values.setdefault("category", category_of(values["grade"]))
    return PostState(**values)


def _changed(state: PostState, step: Step, kind: ActionKind) -> PostState:
    changes = {name: value for name, value in step.changes.items() if value}
    name = CHANGED_BY[kind]
    if name not in changes:
        raise Impossible("missing", field=name)
    if changes[name] == getattr(state, name):
        raise Impossible("same", field=name, actual=getattr(state, name))
    if "grade" in changes:
        changes.setdefault("category", category_of(changes["grade"]))
    return replace(state, **changes)


def fold(steps: Iterable[Step], on: date) -> PostState | None:
    """The state on a day: every step that has taken effect by then, one after another."""
    state: PostState | None = None
    for step in steps:
        if step.effective_on <= on:
            state = succeed(state, step)
    return state
