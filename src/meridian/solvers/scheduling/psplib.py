"""Read single-mode project files of PSPLIB (Kolisch and Sprecher 1997), `.sm`."""

import re
from pathlib import Path
from typing import NoReturn

from meridian.kernel.console import Fault
from meridian.solvers.scheduling.project import (
    Mode,
    Precedence,
    Project,
    Resource,
    Task,
    refuse_impossible,
)
from meridian.solvers.solving.intake import read_text

SECTIONS = {
    "PRECEDENCE RELATIONS": "precedence",
    "REQUESTS/DURATIONS": "requests",
    "RESOURCEAVAILABILITIES": "availabilities",
}
LARGEST_HORIZON = 1_000_000


class ProjectFile:
    """The rows of the three tables of a file, each with its line, and the number of jobs it announces."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.jobs = 0
        self.resources = 0
        self.rows: dict[str, list[tuple[int, list[int]]]] = {name: [] for name in SECTIONS.values()}
        self.last_line = 0
        section = ""
        for self.last_line, line in enumerate(read_text(path).splitlines(), 1):
            section = self._section(line.strip(), section)
        if not self.jobs:
            self.refuse(self.last_line, "the file does not say how many jobs it has")

    def _section(self, line: str, section: str) -> str:
        if not line or line[0] in "*-":
            announced = re.match(r"-\s*(renewable|nonrenewable|doubly constrained)\s*:\s*(\d+)", line)
            if announced and announced[1] == "renewable":
                self.resources = int(announced[2])
            elif announced and int(announced[2]) > 0:
                self.refuse(self.last_line, f"{announced[1]} resources are not for single-mode projects")
            return section
        name = SECTIONS.get(
            line.upper().split(":")[0].strip().replace("RESOURCE AVAILABILITIES", "RESOURCEAVAILABILITIES")
        )
        if name:
            return name
        jobs = re.match(r"jobs\s*\(incl\.[^:]*:\s*(\d+)\s*$", line)
        if jobs:
            self.jobs = int(jobs[1])
        elif section and line[0].isdecimal():
            self.rows[section].append((self.last_line, self._numbers(line)))
        elif section and not re.match(r"(jobnr|R\s*\d)", line):
            self.refuse(self.last_line, f"{line[:40]!r} is no row of the table of {section}")
        return section

    def _numbers(self, line: str) -> list[int]:
        try:
            numbers = [int(word) for word in line.split()]
        except ValueError:
            self.refuse(self.last_line, f"{line[:40]!r} should hold whole numbers only")
        if any(not 0 <= number <= LARGEST_HORIZON for number in numbers):
            self.refuse(self.last_line, f"a number is below 0 or above {LARGEST_HORIZON:,}")
        return numbers

    def refuse(self, line: int, sentence: str) -> NoReturn:
        raise Fault(f"{self.path}, line {line}: {sentence}.", "Give a whole single-mode PSPLIB file.")


def read_project(path: Path) -> Project:
    """The project of a `.sm` file, dummies included, in file order; jobs are named by their number."""
    file = ProjectFile(path)
    if not file.rows["availabilities"]:
        file.refuse(file.last_line, "the file ends here, before the resource availabilities")
    line, capacities = file.rows["availabilities"][0]
    if len(capacities) != (file.resources or len(capacities)) or not capacities:
        file.refuse(line, f"there should be {file.resources} availabilities, not {len(capacities)}")
    resources = tuple(Resource(f"R{at}", capacity) for at, capacity in enumerate(capacities, 1))
    tasks = _tasks(file, len(resources))
    project = Project(
        name=path.name.removesuffix(".xz").removesuffix(".sm"),
        tasks=tasks,
        precedences=_precedences(file),
        resources=resources,
        horizon=max(1, sum(task.modes[0].duration for task in tasks)),
    )
    if project.horizon > LARGEST_HORIZON:
        file.refuse(line, f"all durations together are above {LARGEST_HORIZON:,}")
    refuse_impossible(project)
    return project


def _tasks(file: ProjectFile, resource_count: int) -> tuple[Task, ...]:
    tasks: list[Task] = []
    for line, numbers in file.rows["requests"]:
        if len(numbers) != resource_count + 3:
            file.refuse(line, f"a single-mode row holds {resource_count + 3} numbers, not {len(numbers)}")
        job, mode, duration, *needs = numbers
        if job != len(tasks) + 1 or mode != 1:
            file.refuse(
                line, f"the row should be for job {len(tasks) + 1} in mode 1, not job {job} in mode {mode}"
            )
        tasks.append(Task(f"job {job}", (Mode("1", duration, tuple(needs)),)))
    if len(tasks) != file.jobs:
        file.refuse(file.last_line, f"durations are given for {len(tasks)} of {file.jobs} jobs")
    return tuple(tasks)


def _precedences(file: ProjectFile) -> tuple[Precedence, ...]:
    found: dict[tuple[int, int], Precedence] = {}
    rows = file.rows["precedence"]
    for position, (line, numbers) in enumerate(rows, 1):
        if len(numbers) < 3 or numbers[0] != position:
            file.refuse(line, f"the row should be for job {position} with its modes and successors")
        _, modes, count, *successors = numbers
        if modes != 1:
            file.refuse(line, f"job {position} has {modes} modes: this reads single-mode files")
        if len(successors) != count:
            file.refuse(line, f"job {position} announces {count} successors and names {len(successors)}")
        for successor in successors:
            if not 1 <= successor <= file.jobs:
                file.refuse(line, f"job {position} has successor {successor}, and there are {file.jobs} jobs")
            found[position, successor] = Precedence(position - 1, successor - 1)
    if len(rows) != file.jobs:
        file.refuse(file.last_line, f"successors are given for {len(rows)} of {file.jobs} jobs")
    return tuple(found.values())
