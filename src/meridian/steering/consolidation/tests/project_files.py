"""Small PSPLIB files and projects for tests, made from a seed."""

import random

from meridian.steering.consolidation.waves.project import Mode, Precedence, Project, Resource, Task

RULE = "*" * 72


def random_project(seed, *, jobs=5, resources=2):
    """A project without dummies whose optimum can be found by enumeration."""
    chance = random.Random(seed)
    tasks = tuple(
        Task(
            f"job {at}",
            (Mode("1", chance.randint(0, 5), tuple(chance.randint(0, 3) for _ in range(resources))),),
        )
        for at in range(jobs)
    )
    precedences = tuple(
        Precedence(before, after)
        for after in range(jobs)
        for before in range(after)
        if chance.random() < 0.25
    )  # fmt: skip
    supplies = tuple(Resource(f"R{at}", chance.randint(3, 5)) for at in range(resources))
    horizon = max(1, sum(task.modes[0].duration for task in tasks))
    return Project(f"seed {seed}", tasks, precedences, supplies, horizon)


def project_file(successors, durations, needs, capacities):
    """The text of a single-mode file; dummies first and last are the caller's."""
    resources = "  ".join(f"R {at}" for at in range(1, len(capacities) + 1))
    lines = [
        RULE,
        f"jobs (incl. supersource/sink ):  {len(durations)}",
        "horizon                       :  99",
        "RESOURCES",
        f"  - renewable                 :  {len(capacities)}   R",
        "  - nonrenewable              :  0   N",
        "  - doubly constrained        :  0   D",
        RULE,
        "PRECEDENCE RELATIONS:",
        "jobnr.    #modes  #successors   successors",
        *(
            f"{job:4}        1  {len(after):8}   {' '.join(map(str, after))}"
            for job, after in enumerate(successors, 1)
        ),
        RULE,
        "REQUESTS/DURATIONS:",
        f"jobnr. mode duration  {resources}",
        "-" * 72,
        *(
            f"{job:3}      1  {duration:4}   {' '.join(map(str, need))}"
            for job, (duration, need) in enumerate(zip(durations, needs, strict=True), 1)
        ),
        RULE,
        "RESOURCEAVAILABILITIES:",
        f"  {resources}",
        "  " + "  ".join(map(str, capacities)),
        RULE,
    ]
    return "\n".join(lines) + "\n"


SMALL_FILE = project_file(
    successors=[[2, 3, 4], [5], [5], [6], [7], [7], []],
    durations=[0, 3, 4, 2, 5, 3, 0],
    needs=[[0, 0], [2, 1], [2, 0], [1, 2], [3, 1], [1, 2], [0, 0]],
    capacities=[4, 2],
)
