"""Reading the post tables of a paper, and turning them into posts with their actions.

A paper prints counts; here each counted post becomes a list of steps. The folder may hold
`posts_approved.csv` and `posts_proposed_2011.csv` (unit, grade, posts), and `posts_2019.csv`,
`posts_2019_by_component.csv` and `post_changes_2020.csv`, and `personnel_by_category.csv`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from meridian.engine.reading.data_files import read_lines
from meridian.steering.establishment.contracts import ActionKind
from meridian.steering.establishment.rules.actions import PostState, Step, category_of, fold
from meridian.steering.establishment.rules.stages import moves_between

APPROVED_ON, PROPOSED_ON = date(2010, 1, 1), date(2011, 1, 1)
PERSONNEL_ON = date(2010, 1, 1)
DERIVED = "Derived from the counts of the approved and of the proposed stage."


@dataclass(slots=True)
class PlannedStep:
    """A step of a post; `other_unit` is the establishment it came from or goes to."""

    step: Step
    reason: str = ""
    other_unit: str = ""


@dataclass(slots=True)
class PlannedPost:
    """A post to be written: its steps in the order in which they happen."""

    steps: list[PlannedStep] = field(default_factory=list)

    def state(self, on: date) -> PostState | None:
        return fold((planned.step for planned in self.steps), on)


@dataclass(frozen=True, slots=True)
class PlannedStage:
    name: str
    on: date
    units: tuple[str, ...]
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedHeadcount:
    entity: str
    category: str
    persons: int
    on: date


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says of one establishment."""

    code: str
    name: str
    posts: Sequence[PlannedPost] = ()
    stages: Sequence[PlannedStage] = ()
    headcounts: Sequence[PlannedHeadcount] = ()


def read_papers(directory: Path) -> list[Paper]:
    """The office and the personnel of the folder, as far as it holds their files."""
    papers = []
    if (directory / "posts_approved.csv").is_file():
        papers.append(_office(directory))
    if (directory / "personnel_by_category.csv").is_file():
        papers.append(_personnel(directory))
    return papers


def _office(directory: Path) -> Paper:
    approved = _cells(directory, "posts_approved.csv")
    posts, pools = _granted(approved)
    stages = [_stage("Approved", APPROVED_ON, approved)]
    if (directory / "posts_proposed_2011.csv").is_file():
        proposed = _cells(directory, "posts_proposed_2011.csv")
        stages.append(_stage("Proposed for 2011", PROPOSED_ON, proposed))
        for move in moves_between(approved, proposed):
            if not move.source:
                post = PlannedPost()
                posts.append(post)
                changes = {"unit_code": move.target, "grade": move.grade}
                step = Step(ActionKind.ESTABLISH, PROPOSED_ON, changes)
            elif move.target:
                post = pools[move.source, move.grade].pop()
                step = Step(ActionKind.REDEPLOY, PROPOSED_ON, {"unit_code": move.target})
            else:
                post = pools[move.source, move.grade].pop()
                step = Step(ActionKind.ABOLISH, PROPOSED_ON)
            post.steps.append(PlannedStep(step, DERIVED))
    return Paper("office", "Central office", posts, stages)


def _cells(directory: Path, file: str) -> dict[tuple[str, str], int]:
    cells: dict[tuple[str, str], int] = {}
    for line in read_lines(directory, file, ("unit", "grade", "posts")):
        key = line.code("unit"), line.code("grade")
        cells[key] = cells.get(key, 0) + line.count("posts")
    return cells


def _granted(
    cells: Mapping[tuple[str, str], int],
) -> tuple[list[PlannedPost], dict[tuple[str, str], list[PlannedPost]]]:
    posts: list[PlannedPost] = []
    pools: dict[tuple[str, str], list[PlannedPost]] = defaultdict(list)
    for (unit, grade), count in cells.items():
        for _number in range(count):
            changes = {"unit_code": unit, "grade": grade}
            post = PlannedPost([PlannedStep(Step(ActionKind.ESTABLISH, APPROVED_ON, changes))])
            posts.append(post)
            pools[unit, grade].append(post)
    return posts, pools


def _stage(name: str, on: date, cells: Mapping[tuple[str, str], int]) -> PlannedStage:
    units = tuple(dict.fromkeys(unit for unit, _grade in cells))
    return PlannedStage(name, on, units, tuple(dict.fromkeys(grade for _unit, grade in cells)))


def _personnel(directory: Path) -> Paper:
    persons: dict[tuple[str, str], int] = {}
    lines = read_lines(directory, "personnel_by_category.csv", ("entity", "category", "persons"))
    for line in lines:
        key = line.code("entity"), line.code("category")
        persons[key] = persons.get(key, 0) + line.count("persons")
    found = [PlannedHeadcount(*key, count, PERSONNEL_ON) for key, count in persons.items()]
    return Paper("personnel", "ICT personnel", headcounts=found)


def category_in(categories: Mapping[str, str], grade: str) -> str:
    """The category that the paper gives a grade, or the usual one."""
    return categories.get(grade) or category_of(grade)
