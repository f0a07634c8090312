"""Small PSPLIB files and projects for tests, made from a seed."""

import itertools
import random

from meridian.solvers.scheduling.project import (
    Bond,
    Milestone,
    Mode,
    Precedence,
    Project,
    Resource,
    Schedule,
    Task,
    breaches,
    checked_cost,
)

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


def priced_project(seed, *, jobs=3, horizon=7):
    """A project with methods, terms, windows, lags, reductions and every kind of price."""
    chance = random.Random(seed)
    tasks = []
    for at in range(jobs):
        modes = tuple(
            Mode(f"m{mode}", chance.randint(0, 3), (chance.randint(0, 2), chance.randint(0, 1)), mode)
            for mode in range(chance.randint(1, 2))
        )
        day = chance.randint(0, horizon - 1)
        tasks.append(
            Task(
                f"job {at}",
                modes,
                earliest=chance.choice([0, 0, 1]),
                latest=chance.choice([None, None, horizon - 1]),
                closed=chance.choice([(), ((day, day + 1),)]),
                ends_within=chance.choice([None, None, ((0, 2), (horizon // 2, horizon))]),
                end_weight=chance.randint(0, 1),
                due=chance.randint(0, horizon),
                late_weight=chance.randint(0, 5),
                former_start=chance.choice([None, 0, 2]),
                churn_weight=chance.randint(0, 2),
            )
        )
    pairs = [(first, second) for second in range(jobs) for first in range(second)]
    return Project(
        f"priced {seed}",
        tuple(tasks),
        tuple(Precedence(*pair, chance.randint(0, 1)) for pair in pairs if chance.random() < 0.3),
        (Resource("crew", 2, ((1, 3, 1),)), Resource("link", 1)),
        horizon,
        makespan_weight=chance.randint(0, 2),
        bonds=tuple(Bond(*pair, chance.randint(1, 4)) for pair in pairs if chance.random() < 0.5),
        milestones=(Milestone("room", tuple(range(1, jobs)), chance.randint(1, 3)),),
    )


def cheapest_by_enumeration(project):
    """The least cost over every start and mode of every task; None when none is sound."""
    choices = [
        [(start, mode) for mode in range(len(task.modes)) for start in range(project.horizon + 1)]
        for task in project.tasks
    ]
    costs = []
    for chosen in itertools.product(*choices):
        found = Schedule(tuple(start for start, _ in chosen), tuple(mode for _, mode in chosen))
        if found.makespan(project) <= project.horizon and not list(breaches(project, found)):
            costs.append(checked_cost(project, found))
    return min(costs, default=None)


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
