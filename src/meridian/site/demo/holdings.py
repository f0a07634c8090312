"""Copy what the organisation has, and its yearly budget lines."""

from decimal import Decimal

from meridian.site.demo.copying import Copier
from meridian.site.demoplan.rows import Application, Plan

BUDGET_YEAR = 2010


def copy_holdings(copier: Copier, plan: Plan, sites: list[int], units: list[int], people: list[int]) -> None:
    """Facilities, applications, servers and workstations."""
    facilities = copier.copy(
        "facilities.facility",
        ("code", "name", "kind", "site_id", "unit_id", "area_square_metres", "power_kilowatts"),
        [
            (
                *(f.code, f.name, f.kind, sites[f.site], units[f.unit]),
                *(f.floor_area_square_metres, Decimal(f.power_capacity_kilowatts)),
            )
            for f in plan.facilities
        ],
    )
    copier.copy(
        "applications.application",
        ("code", "name", "description", "unit_id", "owner_id", "critical"),
        [
            (a.code, a.name, _purpose(a), units[a.unit], people[a.owner], a.is_critical)
            for a in plan.applications
        ],
    )
    _copy_servers(copier, plan, facilities, units)
    copier.copy(
        "inventory.workstation",
        ("code", "kind", "site_id", "unit_id", "user_id", "model_name", "bought_on"),
        (
            (
                *(w.code, w.kind, sites[w.site], units[plan.sites[w.site].unit]),
                *(people[w.person] if w.person >= 0 else None, w.model, w.acquired_on),
            )
            for w in plan.workstations
        ),
    )


def _copy_servers(copier: Copier, plan: Plan, facilities: list[int], units: list[int]) -> None:
    fields = (
        "code",
        "name",
        "facility_id",
        "unit_id",
        "model_name",
        "cores",
        "memory_gibibytes",
        "installed_on",
    )
    rows = []
    for server in plan.servers:
        unit = plan.facilities[server.facility].unit
        host = f"{plan.entities[unit].code.removeprefix('ICT-')}-{server.code[4:]}".lower()
        rows.append(
            (
                *(server.code, host, facilities[server.facility], units[unit], server.model),
                *(server.cores, server.memory_gibibytes, server.acquired_on),
            )
        )
    copier.copy("inventory.server", fields, rows)


def _purpose(application: Application) -> str:
    aim = f" Must be back within {application.recovery_time_hours} hours." if application.is_critical else ""
    return (
        f"{application.scope.capitalize()} application in {application.technology}, in use since"
        f" {application.in_use_since} by about {application.users} people.{aim}"
    )


def copy_budget_lines(copier: Copier, plan: Plan, units: list[int]) -> None:
    """The yearly lines, from hundreds of USD to USD."""
    (version,) = copier.copy(
        "budgets.budgetversion",
        ("period_kind", "start_year", "stage"),
        [("year", BUDGET_YEAR, "approved")],
    )
    copier.copy(
        "budgets.budgetline",
        ("budget_version_id", "unit_id", "fund", "function", "activity", "base_usd"),
        [
            (
                *(version, units[line.unit], line.fund, line.function, line.activity),
                Decimal(line.hundreds_of_usd) * 100,
            )
            for line in plan.budget_lines
        ],
    )
