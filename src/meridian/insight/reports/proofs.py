"""Proof of the figures of published tables."""

from django.utils.translation import get_language

from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Proof
from meridian.engine.tables.catalogue import NotLoaded, printed_tables
from meridian.engine.tables.table import Table
from meridian.insight.reports.models import Load
from meridian.insight.reports.queries import dataset_with, table_of


def cell(actor: Actor, arguments: Arguments) -> Proof:
    """The rows behind a cell of a table, as the module that offers the table tells them."""
    proved = {name: printed for name, printed in printed_tables().items() if printed.proof}
    printed = proved[arguments.option("table", {name: str(one.title) for name, one in proved.items()})]
    try:
        dataset = dataset_with(arguments.text("dataset"))
        table = table_of(printed.name, dataset, get_language() or "en")
    except NotLoaded as fault:
        raise NotUnderstood({"dataset": str(fault)}) from fault
    rows = {row.key: row for row in table.rows}
    row = rows[arguments.option("row", {key: row.label for key, row in rows.items()})]
    figures = {column.key: column for column in table.columns if _is_proved(table, row.values, column.key)}
    column = figures[arguments.option("column", {key: one.label for key, one in figures.items()})]
    assert printed.proof is not None
    behind = printed.proof(printed.name, dataset, row.key, column.key)
    return Proof(
        f"{table.title} · {row.label} · {column.label}",
        row.values[table.place(column.key)] or 0,
        behind.added,
        table.unit,
        table.decimals_of(column),
        how=behind.how,
        decided=Load.objects.filter(key=dataset.key).order_by("pk").first(),
    )


def _is_proved(table: Table, values: tuple[object, ...], key: str) -> bool:
    place = table.place(key)
    return values[place] is not None and not table.columns[place].percent_of
