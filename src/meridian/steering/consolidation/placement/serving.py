"""Answers a job in the worker process: read, search or check, tell."""

from meridian.steering.consolidation.placement.bounds import lower_bound
from meridian.steering.consolidation.placement.checking import check
from meridian.steering.consolidation.placement.files import (
    ModelFault,
    Numbers,
    read_assignment,
    read_model,
)
from meridian.steering.consolidation.placement.jobs import CheckJob, Placement, PlacementJob
from meridian.steering.consolidation.placement.search import search
from meridian.steering.consolidation.worker import Reporter


def answer(job: PlacementJob | CheckJob, reporter: Reporter) -> None:
    """Do what `job` asks for and tell `reporter`; raises `ModelFault` for input that can't be used."""
    model = read_model(job.model)
    initial = read_assignment(job.assignment, model)
    if isinstance(job, CheckJob):
        verdict = check(model, initial, read_assignment(job.solution, model))
        reporter.improve(verdict.cost, verdict)
        return
    first = check(model, initial, initial)
    if not first.feasible:
        sentence = f"{job.assignment}, line 1: the first assignment breaks a rule: {first.violations[0]}"
        raise ModelFault(sentence, "Every plan starts from a lawful placement.")
    reporter.raise_bound(lower_bound(model))

    def tell(machines: Numbers) -> None:
        verdict = check(model, initial, machines)
        found = tuple(machines.tolist())
        placement = Placement(model.name, first.cost, verdict.cost, verdict.feasible, found)
        reporter.improve(verdict.cost, placement)

    tell(initial)
    search(model, initial, reporter.limits, reporter.remaining_seconds, tell)
