"""The nine indicators by location group, recounted from rows each time they are asked for."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.holdings.applications import facade as applications
from meridian.holdings.facilities import facade as facilities
from meridian.holdings.inventory import facade as inventory
from meridian.insight.statistics.contracts import INDICATORS, StatisticRow
from meridian.registers.ledger import facade as ledger
from meridian.registers.organisation import facade as organisation
from meridian.registers.people import facade as people
from meridian.registers.places.contracts import LOCATION_GROUPS
from meridian.steering.budgets import facade as budgets
from meridian.work.deskwatch import facade as desks

MILLION = Decimal(1_000_000)


def statistics(on: date | None = None) -> list[StatisticRow]:
    """Every indicator for every location group, as units and people stand on a day (today).

    The year of requests is the one that ends with the latest of them.
    """
    counted = _counted(on or timezone.now().date())
    return [
        StatisticRow(indicator, group, int(counted[indicator].get(group, 0)))
        for indicator in INDICATORS
        for group, _label in LOCATION_GROUPS
    ]


def _counted(on: date) -> dict[str, Mapping[str, int]]:
    until = desks.last_opening()
    budget = budgets.yearly_budget_by_location_group()
    return {
        "ict_budget": {group: in_millions(amount) for group, amount in budget.items()},
        "ict_personnel": people.count_ict_people_by_location_group(on),
        "ict_units": organisation.count_ict_units_by_location_group(on),
        "applications": applications.count_applications_by_location_group(),
        "servers": inventory.count_servers_by_location_group(),
        "computing_facilities": facilities.count_facilities_by_location_group(),
        "workstations": inventory.count_workstations_by_location_group(),
        "service_desks": desks.count_desks_by_location_group(),
        "service_requests": desks.count_requests_by_location_group(until) if until else {},
    }


def indicator_words() -> dict[str, str]:
    """What the indicators count, in the reader's language."""
    return {
        "ict_budget": _("ICT budget, USD million a year"),
        "ict_personnel": _("ICT personnel"),
        "ict_units": _("ICT units"),
        "applications": _("Applications"),
        "servers": _("Servers"),
        "computing_facilities": _("Computing facilities"),
        "workstations": _("Workstations"),
        "service_desks": _("Service desks"),
        "service_requests": _("Service requests a year"),
    }


def in_millions(amount: Decimal) -> int:
    """An amount in whole millions; a half goes up, as in the printed table."""
    return int((amount / MILLION).quantize(Decimal(1), ROUND_HALF_UP))


def spent_in(period: str) -> QuerySet[Any]:
    """The postings of spending in a period of the ledger, each with its amount as `usd`, whoever asks."""
    return ledger.postings("actual", "actual:expenditure", [{"period": [period]}])
