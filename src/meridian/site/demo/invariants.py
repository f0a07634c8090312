"""Recount the loaded rows by SQL: each published total must come out of the tables."""

from decimal import Decimal

from django.db import connection

from meridian.insight.statistics.facade import statistics
from meridian.site.demoplan.arrivals import requests_by_group
from meridian.site.demoplan.targets import GROUPS, NETWORK_SITES, STAFF_ACCOUNTS, read_targets

COUNTS = {
    "network sites": ("SELECT count(*) FROM places_site", NETWORK_SITES),
    "staff accounts": ("SELECT count(*) FROM access_account WHERE person_id IS NOT NULL", STAFF_ACCOUNTS),
    "data centres": ("SELECT count(*) FROM facilities_facility WHERE kind = 'data_centre'", 34),
    "server rooms": ("SELECT count(*) FROM facilities_facility WHERE kind = 'server_room'", 177),
    "critical applications": ("SELECT count(*) FROM applications_application WHERE critical", 88),
    "job titles": (
        "SELECT count(DISTINCT job_title) FROM people_affiliation WHERE works_in_ict",
        173,
    ),
    "units outside of the tree": (
        "SELECT count(*) FROM organisation_unit AS unit LEFT JOIN organisation_unit AS above"
        " ON above.id = unit.parent_id WHERE unit.path <> coalesce(above.path, '') || unit.id || '/'",
        0,
    ),
}
PERSONNEL = """
SELECT unit.path, affiliation.category, count(*) FROM people_affiliation AS affiliation
JOIN organisation_unit AS unit ON unit.id = affiliation.unit_id WHERE affiliation.works_in_ict
GROUP BY unit.path, affiliation.category
"""
BUDGET = """
SELECT unit.path, line.fund, sum(line.estimate_usd) FROM budgets_budgetline AS line
JOIN organisation_unit AS unit ON unit.id = line.unit_id GROUP BY unit.path, line.fund
"""


def assert_rows(scale: float) -> None:
    """Raise AssertionError naming every total that the rows miss."""
    found = [*_statistics(scale), *_counts(), *_by_entity()]
    if found:
        raise AssertionError("; ".join(found))


def _statistics(scale: float) -> list[str]:
    wanted = {
        (indicator, group): values[group]
        for indicator, values in read_targets().statistics.items()
        for group in GROUPS
    }
    wanted |= {("service_requests", group): count for group, count in requests_by_group(scale).items()}
    counted = {(row.indicator, row.location_group): row.value for row in statistics()}
    return [
        f"{indicator} of {group}: {counted.get((indicator, group))} instead of {value}"
        for (indicator, group), value in wanted.items()
        if counted.get((indicator, group)) != value
    ]


def _counts() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for what, (query, wanted) in COUNTS.items():
            cursor.execute(query)
            counted = cursor.fetchone()[0]
            if counted != wanted:
                found.append(f"{what}: {counted} instead of {wanted}")
    return found


def _by_entity() -> list[str]:
    """The tables by entity: people by category, money by fund."""
    targets = read_targets()
    people = _summed(PERSONNEL)
    money = _summed(BUDGET)
    budget = {key: Decimal(hundreds) * 100 for key, hundreds in targets.budget.items()}
    found = []
    for what, counted, wanted in (("people", people, targets.personnel), ("money", money, budget)):
        found += [
            f"{what} of {key}: {counted.get(key)} instead of {wanted.get(key)}"
            for key in sorted({*counted, *wanted})
            if counted.get(key) != wanted.get(key)
        ]
    return found


def _summed(query: str) -> dict[tuple[str, str], Decimal]:
    """Sums by entity of the published tables, the second step of a unit's path, and the second column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code FROM organisation_unit")
        codes = dict(cursor.fetchall())
        cursor.execute(query)
        sums: dict[tuple[str, str], Decimal] = {}
        for path, column, amount in cursor.fetchall():
            entity = codes[int(path.split("/")[1])]
            sums[entity, column] = sums.get((entity, column), Decimal(0)) + amount
    return sums
