"""The worker program that packs hosts: `python -m meridian.solvers.hosts.solve`.

A step of a repeatable run is a round of the search; CP-SAT gets a hundredth of its own second for each.
"""

import math
from collections.abc import Sequence

from meridian.kernel.console import Fault
from meridian.solvers.hosts.bound import lower_bound
from meridian.solvers.hosts.conflict import impossible
from meridian.solvers.hosts.exact import Ears, Effort, pack_exactly, small_enough
from meridian.solvers.hosts.model import Host, Problem, build_problem
from meridian.solvers.hosts.packing import Packing
from meridian.solvers.hosts.plan import Hosts, HostsJob, HostsPlan
from meridian.solvers.hosts.refusals import refuse_impossible
from meridian.solvers.hosts.search import Course, Search
from meridian.solvers.solving.worker import Reporter, serve

BOUND_SHARE = 0.15
SEARCH_SHARE_OF_SMALL = 0.3
EXACT_STEPS_EACH = 0.01


def solve_hosts(job: HostsJob, reporter: Reporter) -> None:
    """Tell the bound and ever better packings; a `Fault` where none can be or none was found."""
    problem = build_problem(job.estate)
    refuse_impossible(problem)
    known = [] if job.known is None else [_of_items(problem, job.known)]
    search = Search(problem, _course(problem, reporter))
    packing = search.start(known)
    bound = lower_bound(problem, seconds=_bound_seconds(reporter))
    if bound is None:
        raise impossible(job.estate, _effort(reporter))
    reporter.raise_bound(bound)
    packing = search.improve(packing, bound)
    if packing.pooled == 0 and packing.cost <= bound:
        return
    if small_enough(problem, packing.cost if packing.pooled == 0 else None):
        _finish_exactly(problem, reporter, packing)
    if math.isinf(reporter.objective):
        names = [job.estate.workloads[problem.items[item][0]].name for item in packing.pool()]
        raise Fault(
            f"No packing was found that keeps every rule; the last try left no host for {names[0]!r}.",
            "Give more hosts, fewer rules or more --seconds.",
        )


def _bound_seconds(reporter: Reporter) -> float:
    return math.inf if reporter.limits.repeatable else BOUND_SHARE * reporter.remaining_seconds()


def _effort(reporter: Reporter) -> Effort:
    limits = reporter.limits
    steps = None if limits.steps is None else EXACT_STEPS_EACH * limits.steps
    return Effort(reporter.remaining_seconds(), limits.seed, steps)


def _of_items(problem: Problem, hosts: Hosts) -> list[Host | None]:
    return [hosts[members[0]] for members in problem.items]


def _of_workloads(problem: Problem, hosts: Sequence[Host | None]) -> Hosts:
    host_of: dict[int, Host] = {}
    for members, host in zip(problem.items, hosts, strict=True):
        if host is not None:
            host_of.update(dict.fromkeys(members, host))
    return tuple(host_of[workload] for workload in range(len(problem.estate.workloads)))


def _course(problem: Problem, reporter: Reporter) -> Course:
    """Small problems leave most of the time to CP-SAT."""
    steps = reporter.limits.steps
    share = SEARCH_SHARE_OF_SMALL if steps is None and small_enough(problem, None) else 1.0
    seconds = reporter.remaining_seconds()

    def spent() -> float:
        gone = seconds - reporter.remaining_seconds()
        if steps is not None:
            return 0.0 if gone < seconds else 1.0
        return gone / (share * seconds) if seconds > 0 else 1.0

    def tell(packing: Packing) -> None:
        reporter.improve(packing.cost, HostsPlan(_of_workloads(problem, packing.hosts())))

    return Course(reporter.limits.seed, steps, spent, tell)


def _finish_exactly(problem: Problem, reporter: Reporter, packing: Packing) -> None:
    def tell(hosts: list[Host | None], cost: int) -> None:
        reporter.improve(cost, HostsPlan(_of_workloads(problem, hosts)))

    whole = packing.pooled == 0
    known, most = (packing.hosts(), packing.cost) if whole else (None, None)
    possible = pack_exactly(problem, known, most, _effort(reporter), Ears(tell, reporter.raise_bound))
    if possible is False:
        raise impossible(problem.estate, _effort(reporter))


if __name__ == "__main__":
    serve(solve_hosts)
