"""Proofs of the indicators: the rows of each location group; and of what is booked as spent."""

from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.engine.records import reference
from meridian.holdings.applications.facade import applications_of
from meridian.holdings.facilities.facade import facilities_of
from meridian.holdings.inventory.facade import servers_of, workstations_of
from meridian.insight.statistics.offers import whole
from meridian.insight.statistics.queries import in_millions, indicator_words, spent_in
from meridian.registers.organisation.facade import ict_units_of
from meridian.registers.people.facade import ict_people_of
from meridian.registers.places.contracts import LOCATION_GROUPS
from meridian.steering.budgets.facade import budget_lines_of
from meridian.work.deskwatch.facade import last_opening, requests_of_year, service_desks


def indicator(actor: Actor, arguments: Arguments) -> Proof:
    """One of the figures: an indicator of a location group, or of all of them together."""
    words, groups = indicator_words(), {"": _("Total"), **dict(LOCATION_GROUPS)}
    name, group = arguments.option("indicator", words), arguments.text("group")
    if group:
        arguments.option("group", groups)
    title = f"{words[name]} · {groups[group]}"
    chosen = [group] if group else list(dict(LOCATION_GROUPS))
    if name == "ict_budget":
        of_groups = [budget_lines_of(one) for one in chosen]
        added = Added(
            _together(of_groups), "estimate_usd", decimals=2, fields=("unit", "fund", "estimate_usd")
        )
        how = _("The estimates of the latest yearly version, in whole millions; a half goes up.")
        if not group:
            how = _("The whole millions of each location group, added.")
        figure = sum(in_millions(Decimal(Added(rows, "estimate_usd").total)) for rows in of_groups)
        return Proof(title, figure, added, _("USD million a year"), how=how)
    added = Added(_together([_rows(name, one) for one in chosen]))
    return Proof(title, added.total, added, moves=name in ("ict_personnel", "ict_units"))


def spent(actor: Actor, arguments: Arguments) -> Proof:
    """What is booked as spent in the period of a version of the budget."""
    versions = reference("budgets.BudgetVersion").objects.permitted(actor)
    version = versions.filter(pk=arguments.key("version")).first()
    if version is None:
        raise Unseen(_("There is no such version, or it is not yours to see."))
    period = version.period.label
    added = Added(spent_in(period), "usd", _("USD"), 2, ("entry", "account", "coding"))
    title = _("Booked as spent in %(period)s") % {"period": period}
    how = _("The sum of the rows in whole numbers; a half goes up.")
    return Proof(title, Decimal(whole(Decimal(added.total))), added, _("USD"), how=how)


def _together(of_groups: list[QuerySet]) -> QuerySet:
    """The rows of several groups, none of which is in two."""
    if len(of_groups) == 1:
        return of_groups[0]
    condition = Q(pk__in=())
    for rows in of_groups:
        condition |= Q(pk__in=rows.order_by().values("pk"))
    return of_groups[0].model._base_manager.filter(condition)


def _rows(name: str, group: str) -> QuerySet:
    today = timezone.now().date()
    if name == "service_requests":
        until = last_opening() or timezone.now()
        return requests_of_year(until, group)
    if name == "ict_personnel":
        return ict_people_of(group, today)
    if name == "ict_units":
        return ict_units_of(group, today)
    if name == "service_desks":
        return service_desks().filter(unit__location_group=group)
    found = {
        "applications": applications_of,
        "servers": servers_of,
        "computing_facilities": facilities_of,
        "workstations": workstations_of,
    }
    return found[name](group)
