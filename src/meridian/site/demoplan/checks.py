"""Recount the plan's rows against every published total."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from meridian.site.demoplan.budget import ACTIVITIES, AREAS
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.targets import GROUPS, NETWORK_SITES, STAFF_ACCOUNTS, read_targets


def recount(plan: Plan) -> dict[str, dict[str, int]]:
    """The statistics of `statistics.csv` but the requests, by location group, from the plan's rows."""
    counted = {
        "ict_personnel": _by_group(person for person in plan.people if person.works_in_ict),
        "ict_units": _by_group(entity for entity in plan.entities if entity.kind == "unit"),
        "applications": _by_group(plan.applications),
        "servers": _by_group(plan.servers),
        "computing_facilities": _by_group(plan.facilities),
        "workstations": _by_group(plan.workstations),
        "service_desks": _by_group(plan.desks),
    }
    money: Counter[str] = Counter()
    for line in plan.budget_lines:
        money[line.location_group] += line.hundreds_of_usd
    counted["ict_budget"] = {group: round(Decimal(money[group]) / 10_000) for group in GROUPS}
    return counted


def _by_group(rows: Iterable[object]) -> dict[str, int]:
    found = Counter(row.location_group for row in rows)  # type: ignore[attr-defined]
    return {group: found[group] for group in GROUPS}


def differences(plan: Plan) -> list[str]:
    """What does not add up, as sentences; empty when every total holds."""
    targets, found = read_targets(), []

    def expect(what: str, counted: object, published: object) -> None:
        if counted != published:
            found.append(f"{what}: {counted} in the rows, {published} published")

    for indicator, values in recount(plan).items():
        expect(indicator, values, targets.statistics[indicator])
    personnel = Counter(
        (plan.entities[p.entity].statistic, p.category) for p in plan.people if p.works_in_ict
    )
    expect("personnel by category", dict(personnel), targets.personnel)
    budget: Counter[tuple[str, str]] = Counter()
    functions: Counter[tuple[str, str]] = Counter()
    activities: Counter[str] = Counter()
    for line in plan.budget_lines:
        budget[line.statistic, line.fund] += line.hundreds_of_usd
        functions[AREAS[line.location_group], line.function] += line.hundreds_of_usd
        activities[line.activity] += line.hundreds_of_usd
    expect("budget by fund", dict(budget), targets.budget)
    in_millions = {key: round(Decimal(amount) / 10_000) for key, amount in functions.items()}
    expect("budget by function", in_millions, targets.functions)
    for activity in ACTIVITIES:
        amount = Decimal(activities[activity.replace("_cost_", "_")]) / 10_000
        expect(activity, amount, targets.figures[activity])
    for what, counted, published in _figures(plan):
        expect(what, counted, published)
    return found


def _figures(plan: Plan) -> list[tuple[str, int, int]]:
    """(what, counted, published) of the single figures."""
    figures = {name: int(value) for name, value in read_targets().figures.items()}
    ict = [person for person in plan.people if person.works_in_ict]
    workers = Counter((person.function, person.category == "contractor") for person in ict)
    infrastructure = sum(
        workers[function, hired]
        for function in ("service_desk", "data_centre", "infrastructure")
        for hired in (False, True)
    )
    return [
        ("network sites", len(plan.sites), NETWORK_SITES),
        ("staff accounts", len(plan.people), STAFF_ACCOUNTS),
        ("mail addresses", len({person.email for person in plan.people}), STAFF_ACCOUNTS),
        ("job titles", len({person.job_title for person in ict}), figures["job_titles"]),
        ("data centres", sum(f.kind == "data_centre" for f in plan.facilities), figures["data_centres"]),
        ("server rooms", sum(f.kind == "server_room" for f in plan.facilities), figures["server_rooms"]),
        ("storage in terabytes", sum(f.storage_terabytes for f in plan.facilities), 2400),
        (
            "critical applications",
            sum(a.is_critical for a in plan.applications),
            figures["critical_applications"],
        ),
        ("desk staff", workers["service_desk", False], figures["service_desk_fte_staff"]),
        ("desk contractors", workers["service_desk", True], figures["service_desk_fte_contractors"]),
        ("data centre staff", workers["data_centre", False], figures["data_centre_fte_staff"]),
        ("data centre contractors", workers["data_centre", True], figures["data_centre_fte_contractors"]),
        (
            "infrastructure share",
            round(100 * infrastructure / len(ict)),
            figures["infrastructure_staff_share"],
        ),
        ("teams without people", sum(not team.people for team in plan.teams), 0),
    ]


def assert_plan(plan: Plan) -> None:
    """Raise AssertionError naming every total that the plan's rows do not add up to."""
    found = differences(plan)
    if found:
        raise AssertionError("; ".join(found))
