"""The independent check of a wave plan: every rule and the whole cost afresh, from workloads and days.

It knows nothing of the scheduling model: it walks the moves day by day.
"""

from collections import Counter
from collections.abc import Iterator

from meridian.kernel.console import Fault
from meridian.solvers.waves.plan import Move, Plan, WavePlan, Workload
from meridian.solvers.waves.translation import Former, duration_days, need_of, traffic_weight


def checked_waves(plan: Plan, waves: WavePlan, former: Former) -> int:
    """The cost of a plan that keeps every rule; any breach is a `Fault`."""
    for breach in _breaches(plan, waves, former):
        raise Fault(f"The solver's plan failed the check: {breach}.", "Report it with the file.")
    return sum(cost_terms(plan, waves, former).values())


def _members(plan: Plan, move: Move) -> list[Workload]:
    return [workload for workload in plan.workloads if workload.name in move.workloads]


def _breaches(plan: Plan, waves: WavePlan, former: Former) -> Iterator[str]:
    moved = Counter(name for move in waves.moves for name in move.workloads)
    for workload in plan.workloads:
        if moved[workload.name] != 1:
            yield f"{workload.name} moves {moved[workload.name]} times"
    begun = {frozenset(move.workloads): move for move in former.moves if move.start < former.today}
    for move in waves.moves:
        kept = begun.get(frozenset(move.workloads))
        if kept is None:
            yield from _move_breaches(plan, move, former)
        elif (kept.start, kept.until, kept.method) != (move.start, move.until, move.method):
            yield f"{move.workloads[0]} had begun and was changed"
    yield from _order_breaches(plan, waves)
    yield from _load_breaches(plan, waves)


def _move_breaches(plan: Plan, move: Move, former: Former) -> Iterator[str]:
    workloads, name = _members(plan, move), move.workloads[0]
    if sum(each.servers for each in workloads) > plan.group_limit and len(workloads) > 1:
        yield f"the group of {name} is larger than {plan.group_limit} servers"
    if move.until - move.start != duration_days(plan.methods[move.method], workloads):
        yield f"{name} takes {move.until - move.start} days"
    if move.start < former.today or move.until > plan.horizon_days:
        yield f"{name} moves outside the days that are left"
    for each in workloads:
        if move.method not in each.methods:
            yield f"{each.name} may not move by {move.method}"
        if move.start < each.earliest or (each.latest is not None and move.until > each.latest):
            yield f"{each.name} moves outside its term"
        if each.window is not None and plan.day(move.until - 1).weekday() not in plan.windows[each.window]:
            yield f"{each.name} is cut over on {plan.day(move.until - 1)}, outside its window"
        for freeze in plan.freezes:
            applies = not freeze.sites or each.site in freeze.sites
            if applies and move.start < freeze.until and freeze.since < move.until:
                yield f"{each.name} moves during a freeze"


def _order_breaches(plan: Plan, waves: WavePlan) -> Iterator[str]:
    home = {name: move for move in waves.moves for name in move.workloads}
    cut = {frozenset(pair) for pair in waves.cuts}
    for before, after, lag in plan.prerequisites:
        if home[before] is not home[after] and home[after].start < home[before].until + lag:
            yield f"{after} moves before {before} allows"
    shared = {workload.name for workload in plan.workloads if workload.shared}
    for each in plan.dependencies:
        first, second = home[each.user], home[each.provider]
        if not each.strong or first is second:
            continue
        if each.provider in shared and first.start < second.until:
            yield f"{each.user} moves before the shared {each.provider}"
        if not {each.user, each.provider} & shared and frozenset((each.user, each.provider)) not in cut:
            yield f"{each.user} and {each.provider} do not move together"


def _load_breaches(plan: Plan, waves: WavePlan) -> Iterator[str]:
    for supply in plan.supplies:
        load: Counter[int] = Counter()
        for move in waves.moves:
            need = need_of(plan.methods[move.method], _members(plan, move), supply.name)
            for day in range(move.start, move.until) if need else ():
                load[day] += need
        for day, used in load.items():
            taken = sum(amount for since, until, amount in supply.reductions if since <= day < until)
            if used > max(0, supply.capacity - taken):
                yield f"{supply.name} carries {used} on {plan.day(day)} and has {supply.capacity - taken}"


def cost_terms(plan: Plan, waves: WavePlan, former: Former) -> dict[str, int]:
    """What each kind of cost adds up to: length, methods, lateness, sites, traffic and churn."""
    home = {name: move for move in waves.moves for name in move.workloads}
    before = {frozenset(move.workloads): move for move in former.moves}
    late = churn = 0
    for move in waves.moves:
        planned = before.get(frozenset(move.workloads))
        if planned is not None and planned.start < former.today:
            continue
        due = [each.due for each in _members(plan, move) if each.due is not None]
        late += max(0, move.until - min(due)) if due else 0
        churn += abs(move.start - planned.start) if planned is not None else 0
    sites = 0
    for site, weight in plan.weights.sites.items():
        ends = [home[each.name].until for each in plan.workloads if each.site == site]
        sites += weight * max(ends, default=0)
    return {
        "length": plan.weights.makespan * max(move.until for move in waves.moves),
        "methods": sum(plan.methods[move.method].cost for move in waves.moves),
        "lateness": plan.weights.late * late,
        "sites": sites,
        "traffic": _traffic(plan, waves, home),
        "churn": plan.weights.churn * churn,
    }


def _traffic(plan: Plan, waves: WavePlan, home: dict[str, Move]) -> int:
    traffic: dict[frozenset[int], float] = {}
    for each in plan.dependencies:
        pair = frozenset((id(home[each.user]), id(home[each.provider])))
        traffic[pair] = traffic.get(pair, 0.0) + each.gigabytes_per_day
    ends_by_move = {id(move): move.until for move in waves.moves}
    total = 0
    for pair, gigabytes in traffic.items():
        ends = [ends_by_move[each] for each in pair]
        total += traffic_weight(plan, gigabytes) * (max(ends) - min(ends))
    return total
