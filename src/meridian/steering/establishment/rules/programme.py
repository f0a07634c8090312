"""The programme's posts of one year, and the listed changes that lead to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from meridian.engine.reading.data_files import BadCell, Line, read_lines
from meridian.steering.establishment.contracts import ActionKind
from meridian.steering.establishment.rules.actions import Impossible, PostState, Step
from meridian.steering.establishment.rules.joining import (
    Cell,
    Disjoint,
    joint_counts,
    least_need,
    untouched_need,
)
from meridian.steering.establishment.rules.papers import (
    Paper,
    PlannedPost,
    PlannedStage,
    PlannedStep,
    category_in,
)

YEAR_BEFORE, YEAR_AFTER = date(2019, 1, 1), date(2020, 1, 1)
BY_GRADE, BY_COMPONENT, CHANGES = "posts_2019.csv", "posts_2019_by_component.csv", "post_changes_2020.csv"
JOINED = "The paper lists posts by component and by grade apart; which grade stands where is derived."
COLUMNS = (
    "action",
    "from_component",
    "from_grade",
    "to_component",
    "to_grade",
    "posts",
    "from_duty_station",
    "to_duty_station",
    "reason",
)
KINDS = {"transfer_in": ActionKind.TRANSFER, "transfer_out": ActionKind.TRANSFER} | {
    kind.value: kind for kind in ActionKind
}
WHY = {
    "missing": "the line does not say what changes.",
    "same": "the line changes nothing.",
    "foreign": "an action of this kind does not change that.",
}


def read_programme(directory: Path) -> Paper | None:
    """The programme of the folder, or None where its files are not there."""
    if not all((directory / file).is_file() for file in (BY_GRADE, BY_COMPONENT)):
        return None
    by_grade = _counts(directory, BY_GRADE, "grade")
    by_component = _counts(directory, BY_COMPONENT, "component")
    categories = dict(by_grade.keys())
    lines = read_lines(directory, CHANGES, COLUMNS) if (directory / CHANGES).is_file() else []
    for line in lines:
        _checked(line)
    posts = _posts(by_component, by_grade, lines)
    for line in lines:
        _carry_out(line, posts, categories)
    units = tuple(dict.fromkeys(component for component, _category in by_component))
    grades = tuple(categories)
    reached = dict.fromkeys(units) | dict.fromkeys(_reached(posts, "unit_code"))
    graded = dict.fromkeys(grades) | dict.fromkeys(_reached(posts, "grade"))
    stages = (
        PlannedStage("2019", YEAR_BEFORE, units, grades),
        PlannedStage("2020", YEAR_AFTER, tuple(reached), tuple(graded)),
    )
    return Paper("programme", "ICT programme", posts, stages)


def _counts(directory: Path, file: str, key: str) -> dict[Cell, int]:
    counts: dict[Cell, int] = {}
    for line in read_lines(directory, file, (key, "category", "posts")):
        cell = line.code(key), line.code("category")
        counts[cell] = counts.get(cell, 0) + line.count("posts")
    return counts


def _checked(line: Line) -> None:
    action = line.code("action")
    if action not in KINDS:
        raise BadCell(line.file, line.number, "action", f"there is no post action {action!r}.")
    line.count("posts")
    for side in ("from", "to"):
        if _has(line, side):
            line.code(f"{side}_component")
            line.code(f"{side}_grade")


def _has(line: Line, side: str) -> bool:
    """Whether the line has a post of this establishment on that side."""
    absent = {"establish": "from", "transfer_in": "from", "abolish": "to", "transfer_out": "to"}
    return absent.get(line.cells["action"]) != side


def _cell(line: Line, side: str) -> Cell | None:
    return (line.cells[f"{side}_component"], line.cells[f"{side}_grade"]) if _has(line, side) else None


def _posts(
    by_component: Mapping[Cell, int], by_grade: Mapping[Cell, int], lines: Sequence[Line]
) -> list[PlannedPost]:
    changes = [(_cell(line, "from"), _cell(line, "to"), line.count("posts")) for line in lines]
    leaving = [(source, count) for source, _target, count in changes if source is not None]
    untouched = untouched_need(leaving)
    needs = (_with_head(untouched, by_component, by_grade), untouched, least_need(changes))
    try:
        counts = joint_counts(by_component, by_grade, needs)
    except Disjoint as fault:
        why = (
            f"{fault.category} has {fault.by_component} posts here and {fault.by_grade} in {BY_GRADE};"
            " make the two equal."
        )
        raise BadCell(BY_COMPONENT, 1, "posts", why) from fault
    categories = dict(by_grade.keys())
    posts = []
    for (component, grade), count in counts.items():
        for _number in range(count):
            values = {"unit_code": component, "grade": grade, "category": categories[grade]}
            step = Step(ActionKind.ESTABLISH, YEAR_BEFORE, values)
            posts.append(PlannedPost([PlannedStep(step, JOINED)]))
    return posts


def _with_head(
    need: Mapping[Cell, int], by_component: Mapping[Cell, int], by_grade: Mapping[Cell, int]
) -> Mapping[Cell, int]:
    """The first grade, where it has one post alone, is that of the head and stands in the first component."""
    if not by_component or list(by_grade.values())[:1] != [1]:
        return need
    head = next(iter(by_component))[0], next(iter(by_grade))[0]
    return {**need, head: max(1, need.get(head, 0))}


def _carry_out(line: Line, posts: list[PlannedPost], categories: Mapping[str, str]) -> None:
    for _number in range(line.count("posts")):
        post = _picked(line, posts) if _has(line, "from") else PlannedPost()
        before = post.state(YEAR_AFTER) if post.steps else None
        step = Step(KINDS[line.cells["action"]], YEAR_AFTER, _changed(line, before, categories))
        away = "to" if before else "from"
        other = line.cells[f"{away}_component"] if step.kind is ActionKind.TRANSFER else ""
        post.steps.append(PlannedStep(step, line.cells["reason"], other))
        try:
            post.state(YEAR_AFTER)
        except Impossible as fault:
            raise BadCell(line.file, line.number, "action", WHY.get(fault.code, str(fault))) from fault
        if before is None:
            posts.append(post)


def _picked(line: Line, posts: Sequence[PlannedPost]) -> PlannedPost:
    """A post of the line's cell, rather one to which nothing happened yet."""
    cell, station = _cell(line, "from"), line.cells["from_duty_station"]
    fitting: list[tuple[int, bool, int, PlannedPost, PostState]] = []
    for post in posts:
        state = post.state(YEAR_AFTER)
        if state is None or (state.unit_code, state.grade) != cell:
            continue
        if station and state.duty_station not in (station, ""):
            continue
        fitting.append((len(post.steps), state.duty_station != station, len(fitting), post, state))
    if not fitting:
        why = f"no post of grade {line.cells['from_grade']} is left in {line.cells['from_component']}."
        raise BadCell(line.file, line.number, "posts", why)
    *_order, post, state = min(fitting, key=lambda found: found[:3])
    if station and not state.duty_station:
        first = post.steps[0]
        first.step = replace(first.step, changes={**first.step.changes, "duty_station": station})
    return post


def _changed(line: Line, before: PostState | None, categories: Mapping[str, str]) -> dict[str, str]:
    if not _has(line, "to"):
        return {}
    changes = {"unit_code": line.cells["to_component"], "grade": line.cells["to_grade"]}
    if line.cells["to_duty_station"]:
        changes["duty_station"] = line.cells["to_duty_station"]
    if before is not None:
        changes = {name: value for name, value in changes.items() if value != getattr(before, name)}
    if "grade" in changes:
        changes["category"] = category_in(categories, changes["grade"])
    return changes


def _reached(posts: Sequence[PlannedPost], name: str) -> list[str]:
    states = [post.state(YEAR_AFTER) for post in posts]
    return [getattr(state, name) for state in states if state is not None]
