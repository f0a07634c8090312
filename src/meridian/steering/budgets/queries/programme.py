"""The tables of a programme budget: resources by component and fund, and the columns of change."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from meridian.engine.tables.catalogue import Dataset, NotLoaded
from meridian.engine.tables.table import Column, Figure, Row, RowKind, Table
from meridian.engine.tables.totals import TOTAL_KEY, with_percentages, with_sums_across
from meridian.kernel.apportionment import as_printed
from meridian.kernel.controlled_rounding import in_steps
from meridian.registers.ledger import facade as ledger
from meridian.registers.ledger.contracts import Balance
from meridian.steering.budgets.queries.labels import labels_of

CENTS_PER_STEP = 10_000
CHANGES = ("technical_adjustments", "new_or_expanded_mandates", "other_changes")
YEARS = ("2019", "2020")
REGULAR = "regular_budget"
COMPONENTS = "components"
Amounts = Mapping[tuple[str, str], int]


def programme_resources(dataset: Dataset) -> Table:
    """Each component's resources by fund and year; the later year is before recosting."""
    found = _balances(dataset, ("component", "fund", "period", "stage"))
    amounts: dict[tuple[str, str], int] = {}
    for component, fund, period, stage, cents in _placed(found):
        if not component or stage == "recosting":
            continue
        # What was appropriated stands in the estimate too, before the changes to it.
        for year in YEARS if stage == "appropriation" else (period,):
            key = component, f"{fund}_{year}"
            amounts[key] = amounts.get(key, 0) + cents
    components = list(dict.fromkeys(component for component, _column in amounts))
    funds = list(dict.fromkeys(balance.keys[1] for balance in found if balance.keys[0]))
    names, fund_names = labels_of("component"), labels_of("fund")
    columns = [
        Column(f"{fund}_{year}", _("%(fund)s, %(year)s") % {"fund": fund_names[fund], "year": year})
        for fund in funds
        for year in YEARS
    ]
    columns += [
        Column(
            f"{TOTAL_KEY}_{year}",
            _("Total, %(year)s") % {"year": year},
            terms=tuple((f"{fund}_{year}", 1) for fund in funds),
        )
        for year in YEARS
    ]
    facts = [column.key for column in columns if not column.terms]
    rows = _lines([(key, names[key]) for key in components], facts, amounts, len(columns))
    table = Table(
        name="programme-resources",
        title=_("Resources by component, fund and year"),
        unit=_("USD thousand"),
        columns=tuple(columns),
        rows=(*rows, _sum_of(rows, TOTAL_KEY, _("Total"), len(columns))),
        decimals=1,
        row_heading=_("Component"),
    )
    return with_sums_across(table)


def programme_changes(dataset: Dataset) -> Table:
    """The columns of change of the regular budget, first by component, then by post and non-post.

    Recosting is known by post and non-post only, so components have none; it is in the total.
    """
    by_component = _changes_by(dataset, "component")
    by_object = _changes_by(dataset, "object")
    columns = _change_columns()
    facts = ("appropriation_2019", *CHANGES, "recosting")
    names, objects = labels_of("component"), labels_of("object")
    first = _lines(
        [(key, names[key]) for key in _first_keys(by_component)], facts[:-1], by_component, len(columns)
    )
    second = _lines([(key, objects[key]) for key in _first_keys(by_object)], facts, by_object, len(columns))
    rows = [
        *_spread(first, facts[:-1], columns),
        *_spread(second, facts, columns),
    ]
    cut = len(first)
    width = len(columns)
    table = Table(
        name="programme-changes",
        title=_("Changes of the regular budget by component and by post and non-post"),
        unit=_("USD thousand"),
        columns=columns,
        rows=(
            *rows[:cut],
            _sum_of(rows[:cut], COMPONENTS, _("Subtotal, components"), width),
            *rows[cut:],
            _sum_of(rows[cut:], TOTAL_KEY, _("Total"), width),
        ),
        decimals=1,
        row_heading=_("Component, post and non-post"),
    )
    return with_percentages(_without_recosting(with_sums_across(table), cut))


def _change_columns() -> tuple[Column, ...]:
    stages = labels_of("stage")
    changes = tuple((change, 1) for change in CHANGES)
    return (
        Column("appropriation_2019", _("2019 appropriation")),
        *(Column(change, stages[change]) for change in CHANGES),
        Column("total_change", _("Total change"), terms=changes),
        Column("percentage", _("Per cent"), percent_of=("total_change", "appropriation_2019")),
        Column(
            "estimate_before_recosting",
            _("2020 estimate before recosting"),
            terms=(("appropriation_2019", 1), *changes),
        ),
        Column("recosting", stages["recosting"]),
        Column(
            "estimate_2020",
            _("2020 estimate"),
            terms=(("estimate_before_recosting", 1), ("recosting", 1)),
        ),
    )


def _changes_by(dataset: Dataset, axis: str) -> dict[tuple[str, str], int]:
    """Cents by the code on the axis and the column of change."""
    found = _balances(dataset, (axis, "stage"), {"fund": REGULAR})
    names = {"appropriation": "appropriation_2019"}
    return {
        (balance.keys[0], names.get(balance.keys[1], balance.keys[1])): balance.amount
        for balance in found
        if balance.keys[0]
    }


def _lines(keys: Sequence[tuple[str, str]], facts: Sequence[str], amounts: Amounts, width: int) -> list[Row]:
    """A line for each key; facts are rounded together so that they add, the rest stays empty."""
    exact = [[amounts.get((key, fact), 0) for fact in facts] for key, _label in keys]
    rounded = in_steps(exact, CENTS_PER_STEP)
    return [
        Row(key, label, (*(as_printed(step, 1) for step in steps), *[None] * (width - len(facts))))
        for (key, label), steps in zip(keys, rounded, strict=True)
    ]


def _spread(rows: Sequence[Row], facts: Sequence[str], columns: Sequence[Column]) -> list[Row]:
    """The figures of the facts put under their columns."""
    return [
        Row(row.key, row.label, tuple(_under(column, facts, row.values) for column in columns))
        for row in rows
    ]


def _under(column: Column, facts: Sequence[str], values: Sequence[Figure]) -> Figure:
    return values[facts.index(column.key)] if column.key in facts else None


def _sum_of(rows: Sequence[Row], key: str, label: str, width: int) -> Row:
    values = tuple(
        sum((row.values[place] or 0 for row in rows), as_printed(0, 1))
        if any(row.values[place] is not None for row in rows)
        else None
        for place in range(width)
    )
    kind = RowKind.TOTAL if key == TOTAL_KEY else RowKind.SUBTOTAL
    return Row(key, label, values, 0, kind)


def _without_recosting(table: Table, count: int) -> Table:
    """Components and their sum have no recosting, so they have no estimate after it either."""
    places = {table.place("recosting"), table.place("estimate_2020")}
    rows = [
        Row(
            row.key,
            row.label,
            tuple(None if place in places else value for place, value in enumerate(row.values)),
            row.level,
            row.kind,
        )
        if index <= count
        else row
        for index, row in enumerate(table.rows)
    ]
    return Table(
        table.name, table.title, table.unit, table.columns, tuple(rows), table.decimals, table.row_heading
    )


def _first_keys(amounts: Amounts) -> list[str]:
    return list(dict.fromkeys(key for key, _column in amounts))


def _placed(found: Sequence[Balance]) -> list[tuple[str, str, str, str, int]]:
    return [(*balance.keys, balance.amount) for balance in found]  # type: ignore[misc]


def _balances(dataset: Dataset, by: Sequence[str], where: Mapping[str, str] | None = None) -> list[Balance]:
    found = ledger.balances(dataset.key, "budget:estimates", by, where)
    if not any(balance.keys[0] for balance in found):
        raise NotLoaded(f"The data set {dataset.name} says nothing of what this table shows.")
    return found
