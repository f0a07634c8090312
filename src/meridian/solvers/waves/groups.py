"""Move groups: workloads glued by strong dependencies, cut where traffic is least when too large.

Shared services (directory, names, mail relay, monitoring) do not glue: they move first.
"""

import rustworkx

from meridian.solvers.waves.plan import Plan, Workload

Group = tuple[str, ...]


def move_groups(plan: Plan) -> tuple[list[Group], list[tuple[str, str]]]:
    """The groups in order of their first workload, and the strong dependencies that were cut."""
    shared = {workload.name for workload in plan.workloads if workload.shared}
    position = {workload.name: at for at, workload in enumerate(plan.workloads)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([workload.name for workload in plan.workloads])
    for each in plan.dependencies:
        if each.strong and each.user != each.provider and not {each.user, each.provider} & shared:
            _add_traffic(graph, position[each.user], position[each.provider], each.gigabytes_per_day)
    waiting = [sorted(component) for component in rustworkx.connected_components(graph)]
    groups, cuts = [], []
    while waiting:
        members = waiting.pop()
        if len(members) == 1 or _servers(plan, members) <= plan.group_limit:
            groups.append(members)
            continue
        first, second = _cut(graph, members)
        waiting += [first, second]
        cuts += [(a, b) for a in first for b in second if graph.has_edge(a, b)]
    names = [workload.name for workload in plan.workloads]
    groups.sort()
    return (
        [tuple(names[at] for at in members) for members in groups],
        sorted((names[min(pair)], names[max(pair)]) for pair in cuts),
    )


def prerequisites(plan: Plan) -> list[tuple[str, str, int]]:
    """What must move before what, with days between: the given ones, and shared services first."""
    shared = {workload.name for workload in plan.workloads if workload.shared}
    found = dict.fromkeys(plan.prerequisites)
    for each in plan.dependencies:
        if each.strong and each.provider in shared and each.user != each.provider:
            found[each.provider, each.user, 0] = None
    return list(found)


def _add_traffic(graph: rustworkx.PyGraph, first: int, second: int, gigabytes: float) -> None:
    # A strong dependency without known traffic still should not be cut for nothing.
    weight = max(gigabytes, 0.001)
    if graph.has_edge(first, second):
        weight += graph.get_edge_data(first, second)
    graph.add_edge(first, second, weight)


def _servers(plan: Plan, members: list[int]) -> int:
    return sum(plan.workloads[at].servers for at in members)


def _cut(graph: rustworkx.PyGraph, members: list[int]) -> tuple[list[int], list[int]]:
    """The two sides of the cut with least traffic (Stoer and Wagner 1997)."""
    part = graph.subgraph(members)
    found = rustworkx.stoer_wagner_min_cut(part, lambda weight: weight)
    # There is no cut of a single node only, and those were let pass.
    side = {members[at] for at in found[1]} if found else set(members[:1])
    return sorted(side), sorted(set(members) - side)


def workloads_of(plan: Plan, group: Group) -> list[Workload]:
    """The workloads of a group."""
    chosen = set(group)
    return [workload for workload in plan.workloads if workload.name in chosen]
