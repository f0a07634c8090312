"""Answers a planning job in the worker process: read, search, check, tell."""

from meridian.solvers.placement.bounds import lower_bound
from meridian.solvers.placement.checking import check
from meridian.solvers.placement.files import ModelFault, Numbers, read_assignment, read_model
from meridian.solvers.placement.jobs import Placement, PlacementJob
from meridian.solvers.placement.search import search
from meridian.solvers.solving.worker import Reporter


def answer(job: PlacementJob, reporter: Reporter) -> None:
    """Plan the job; raises `ModelFault` for input that can't be used.

    Every assignment told was evaluated by the checker, never by the search's own sums.
    """
    model = read_model(job.model)
    initial = read_assignment(job.assignment, model)
    first = check(model, initial, initial)
    if not first.feasible:
        sentence = f"{job.assignment}, line 1: the first assignment breaks a rule: {first.violations[0]}"
        raise ModelFault(sentence, "Every plan starts from a lawful placement.")
    reporter.raise_bound(lower_bound(model))

    def tell(machines: Numbers) -> None:
        verdict = check(model, initial, machines)
        if verdict.feasible:
            found = tuple(machines.tolist())
            placement = Placement(model.name, first.cost, verdict.cost, verdict.feasible, found)
            reporter.improve(verdict.cost, placement)

    tell(initial)
    search(model, initial, reporter.limits, reporter.remaining_seconds, tell, reporter.raise_bound)
