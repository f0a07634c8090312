"""The published tables of money and benefits, laid out from the postings of a data set's book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from django.utils.translation import gettext as _

from meridian.engine.tables.catalogue import Dataset, NotLoaded
from meridian.engine.tables.specification import Axis, Fact, TableSpec, Unit
from meridian.engine.tables.table import Column, Row, Table
from meridian.engine.tables.totals import TOTAL_KEY, add_totals, percentage
from meridian.kernel.apportionment import as_printed, round_half_up
from meridian.registers.ledger import facade as ledger
from meridian.registers.ledger.contracts import Balance
from meridian.steering.budgets.queries.labels import labels_of
from meridian.steering.budgets.queries.paper import PAPER, PRINTED_IN_TABLE_19, with_printed

ESTIMATES, GAIN, SHARE = "budget:estimates", "benefit:gain", "key:share"
FUNDS = ("regular_budget", "extrabudgetary", "peacekeeping", "peacekeeping_support_account")
TRANSFORMATION = ("service_desk_globalisation", "data_centre_streamlining", "ict_rationalisation")
CENTS_PER_THOUSAND, CENTS_PER_MILLION = 100_000, 100_000_000


def thousands(*, per_year: bool = False) -> Unit:
    label = _("USD thousand per year") if per_year else _("USD thousand")
    return Unit(label, CENTS_PER_THOUSAND, 1)


def projects_by_biennium(dataset: Dataset) -> Table:
    """Costs by project and biennium; the three transformation projects have a subtotal."""
    found = _amounts(dataset, ("project", "period"), {"stage": "proposal"})
    group = _("Transformation projects")
    return TableSpec(
        name="projects-by-biennium",
        title=_("Costs by project and biennium"),
        unit=thousands(),
        down=_axis("project", _("Project"), _grouped_first(_keys(found, 0))),
        across=_axis("period", _("Biennium"), sorted(_keys(found, 1))),
        groups=dict.fromkeys(TRANSFORMATION, ("transformation",)),
        group_labels={"transformation": _("Subtotal, %(group)s") % {"group": group.lower()}},
        total_label=_("Total"),
        total_column_label=_("Total"),
    ).lay_out(_facts(found))


def funds_by_biennium(dataset: Dataset) -> Table:
    """The same costs by fund: each biennium is shared out by the key, rounded so that everything adds."""
    found = _amounts(dataset, ("period",), {"stage": "proposal"})
    shares = _amounts(dataset, ("fund",), {}, SHARE)
    whole = sum(balance.amount for balance in shares)
    facts: list[Fact] = [
        (fund.keys[0], cost.keys[0], Fraction(cost.amount * fund.amount, whole))
        for fund, cost in product(shares, found)
    ]
    return TableSpec(
        name="funds-by-biennium",
        title=_("Costs by fund and biennium"),
        unit=thousands(),
        down=_axis("fund", _("Fund"), _keys(shares, 0)),
        across=_axis("period", _("Biennium"), sorted(_keys(found, 0))),
        total_label=_("Total"),
        total_column_label=_("Total"),
    ).lay_out(facts)


def objects_by_biennium(dataset: Dataset) -> Table:
    """Costs by object of expenditure and biennium."""
    found = _amounts(dataset, ("object", "period"), {"stage": "proposal"})
    table = TableSpec(
        name="objects-by-biennium",
        title=_("Costs by object of expenditure and biennium"),
        unit=thousands(),
        down=_axis("object", _("Object of expenditure"), _keys(found, 0)),
        across=_axis("period", _("Biennium"), sorted(_keys(found, 1))),
        total_label=_("Total"),
        total_column_label=_("Total"),
    ).lay_out(_facts(found))
    return with_printed(table, PAPER, PRINTED_IN_TABLE_19)


def budget_by_fund(dataset: Dataset) -> Table:
    """The yearly ICT budget by entity and fund."""
    found = _amounts(dataset, ("entity", "fund"), {"stage": "approved"})
    given = set(_keys(found, 1))
    others = [fund for fund in _keys(found, 1) if fund not in FUNDS]
    return TableSpec(
        name="budget-by-fund",
        title=_("ICT budget by entity and fund"),
        unit=thousands(per_year=True),
        down=_axis("entity", _("Entity"), _keys(found, 0)),
        across=_axis("fund", _("Fund"), [*(fund for fund in FUNDS if fund in given), *others]),
        total_label=_("Total"),
        total_column_label=_("Total"),
    ).lay_out(_facts(found))


@dataclass(frozen=True, slots=True)
class Bound:
    """The low or the high figures of benefits: cents by project and category."""

    key: str
    label: str
    cents: Mapping[tuple[str, str], int]

    def of(self, projects: Sequence[str], category: str = "") -> int:
        return sum(
            cents
            for (project, found), cents in self.cents.items()
            if project in projects and category in ("", found)
        )


def benefits(dataset: Dataset) -> Table:
    """Yearly benefits by project, low and high, and what share of each falls to each category."""
    found = {
        stage: _amounts(dataset, ("project", "category"), {"stage": stage}, GAIN)
        for stage in ("benefits_low", "benefits_high")
    }
    bounds = [
        Bound(key, label, {(p, c): amount for (p, c), amount in ((b.keys, b.amount) for b in found[stage])})
        for key, label, stage in (("low", _("Low"), "benefits_low"), ("high", _("High"), "benefits_high"))
    ]
    projects, categories = _keys(found["benefits_low"], 0), _keys(found["benefits_low"], 1)
    columns = _benefit_columns(bounds, categories)
    names = labels_of("project")
    rows = [_benefit_row(bounds, categories, [project], project, names[project]) for project in projects]
    *lines, total = add_totals(rows, total_label=_("Total"), columns=columns)
    shares = _benefit_row(bounds, categories, projects, TOTAL_KEY, "").values[len(bounds) :]
    whole = replace(total, values=(*total.values[: len(bounds)], *shares))
    return Table(
        name="benefits",
        title=_("Yearly benefits by project, low and high"),
        unit=_("USD million per year"),
        columns=columns,
        rows=(*lines, whole),
        decimals=1,
        row_heading=_("Project"),
    )


def _benefit_columns(bounds: Sequence[Bound], categories: Sequence[str]) -> tuple[Column, ...]:
    """Low, high, then the shares of the categories in the low and in the high figure."""
    names = labels_of("category")
    shares = [
        Column(
            f"{category}_share_{bound.key}",
            _("%(category)s, per cent of %(bound)s")
            % {"category": names[category], "bound": bound.label.lower()},
            # A share of a category has no column of amounts: it is a percentage within its own bound.
            percent_of=(bound.key, bound.key),
        )
        for bound in bounds
        for category in categories
    ]
    return (*(Column(bound.key, bound.label) for bound in bounds), *shares)


def _benefit_row(
    bounds: Sequence[Bound], categories: Sequence[str], projects: Sequence[str], key: str, label: str
) -> Row:
    amounts = [as_printed(round_half_up(Fraction(b.of(projects) * 10, CENTS_PER_MILLION)), 1) for b in bounds]
    shares = [
        percentage(bound.of(projects, category), bound.of(projects))
        for bound in bounds
        for category in categories
    ]
    return Row(key, label, (*amounts, *shares))


def _amounts(
    dataset: Dataset, by: Sequence[str], where: Mapping[str, str], account: str = ESTIMATES
) -> list[Balance]:
    """Sums of the data set's postings; none is `NotLoaded`."""
    found = ledger.balances(dataset.key, account, by, where)
    if not found:
        raise NotLoaded(f"The data set {dataset.name} says nothing of what this table shows.")
    return found


def _facts(found: Sequence[Balance]) -> list[Fact]:
    return [(balance.keys[0], balance.keys[1], balance.amount) for balance in found]


def _keys(found: Sequence[Balance], place: int) -> list[str]:
    """The keys at a place, each once, in the order of the data."""
    return list(dict.fromkeys(balance.keys[place] for balance in found))


def _grouped_first(projects: Sequence[str]) -> list[str]:
    """The transformation projects together, before the others."""
    return [*(p for p in projects if p in TRANSFORMATION), *(p for p in projects if p not in TRANSFORMATION)]


def _axis(axis: str, heading: str, keys: Sequence[str]) -> Axis:
    names = labels_of(axis)
    return Axis(tuple(keys), {key: names[key] for key in keys}, heading)
