"""The decided plan of the demo organisation: which of four rooms are kept, to be checked by hand."""

from decimal import Decimal
from itertools import combinations

from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.registers.organisation.facade import ensure_root
from meridian.steering.plans.commands import (
    add_scenario,
    decide,
    freeze_dataset,
    keep_check,
    keep_solution,
    queue_run,
    record_run,
)
from meridian.steering.plans.models import Decision, PlanKind, PlanningDataset, Solution, SolveRun

CODE = "DEMO-ROOMS"
# Kilowatts of each room, what it costs a year, and what is needed in all.
ROOMS = {
    "Geneva": {"capacity_kw": 60, "usd_per_year": 410_000},
    "Nairobi": {"capacity_kw": 45, "usd_per_year": 250_000},
    "New York": {"capacity_kw": 80, "usd_per_year": 690_000},
    "Vienna": {"capacity_kw": 40, "usd_per_year": 260_000},
}
NEEDED_KW = 100


def decide_demo(actor: Actor) -> None:
    """Freeze the facts, keep the cheapest rooms that suffice, check them and have them decided, once."""
    if PlanningDataset.objects.filter(code=CODE).exists():
        return
    unit = reference("organisation.Unit").objects.get(pk=ensure_root(actor=actor))
    content = {"rooms": ROOMS, "needed_kw": NEEDED_KW}
    dataset = freeze_dataset(
        actor=actor,
        code=CODE,
        name="Four rooms of one region",
        unit=unit,
        kind=PlanKind.SITES,
        content=content,
    )
    scenario = add_scenario(actor=actor, code=CODE, name="Keep what suffices", dataset=dataset)
    kept, cost = cheapest()
    objective = Decimal(cost)
    run = queue_run(
        actor=actor,
        scenario=scenario,
        model="rooms by enumeration",
        model_version="1",
        limit_seconds=Decimal(1),
    )
    record_run(
        actor=actor,
        row=run,
        status=SolveRun.Status.PROVEN,
        objective=objective,
        bound=objective,
        seconds=Decimal(0),
    )
    solution = keep_solution(actor=actor, run=run, objective=objective, content={"keep": list(kept)})
    _checked(actor, solution, kept)
    decide(
        actor=actor,
        solution=solution,
        outcome=Decision.Outcome.ACCEPTED,
        body="ICT board",
        meeting="First meeting",
        paper="DEMO/ICT/2",
        decided_on=timezone.localdate(),
        reasons="The cheapest rooms that hold the load; the choice was proven among all sixteen.",
    )


def _checked(actor: Actor, solution: Solution, kept: tuple[str, ...]) -> None:
    enough = sum(ROOMS[name]["capacity_kw"] for name in kept) >= NEEDED_KW
    keep_check(
        actor=actor,
        solution=solution,
        checker="capacity and cost, added anew",
        checker_version="1",
        passed=enough,
        objective=Decimal(sum(ROOMS[name]["usd_per_year"] for name in kept)),
    )


def cheapest() -> tuple[tuple[str, ...], int]:
    """Of all choices of rooms that hold the load the cheapest, and its cost a year."""
    choices = (chosen for count in range(len(ROOMS) + 1) for chosen in combinations(ROOMS, count))
    enough = (chosen for chosen in choices if sum(ROOMS[name]["capacity_kw"] for name in chosen) >= NEEDED_KW)
    return min(
        ((chosen, sum(ROOMS[name]["usd_per_year"] for name in chosen)) for chosen in enough),
        key=lambda found: found[1],
    )
