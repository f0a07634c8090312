"""Data sets and tables from the shell."""

import sys
from pathlib import Path

import click

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.engine.printing.formats import FORMATS, print_table
from meridian.engine.printing.numbers import LANGUAGES, printed
from meridian.engine.reading.data_files import BadCell
from meridian.engine.tables.catalogue import Dataset, NotLoaded, printed_tables
from meridian.engine.tables.table import Table
from meridian.insight.reports.facade import dataset_of, latest_with, load_folder, table_of
from meridian.kernel.console import Fault, json_option, not_known, print_json

SHELL = system_actor("Shell")
FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("directory", metavar="DIR", type=FOLDER)
@json_option
@needs_database
def baseline(directory: Path, *, as_json: bool) -> None:
    """Load a folder of published data into ledger and post rows, once; a faulty cell loads nothing."""
    dataset, counts = _load(directory)
    if as_json:
        print_json({"dataset": dataset.key, "loaded": counts})
    elif counts:
        loaded = ", ".join(f"{count:,} {what.replace('_', ' ')}" for what, count in counts.items())
        click.echo(f"Loaded {dataset.name} as {dataset.key}: {loaded}.")
    else:
        click.echo(f"{dataset.name} is loaded already, as {dataset.key}.")


@click.command()
@click.argument("name")
@click.option("--dataset", "directory", type=FOLDER, help="The folder; it is loaded when it isn't yet.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Print a file of this kind.")
@click.option("--out", type=FOLDER, help="Write to this file instead of standard output.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@json_option
@needs_database
def tables(
    name: str, directory: Path | None, form: str | None, out: Path | None, language: str, *, as_json: bool
) -> None:
    """Print a published table from the rows of a data set."""
    if name not in printed_tables():
        raise not_known("table", name, printed_tables())
    table = _table(name, directory, language)
    form = "json" if as_json else form
    content = print_table(table, form, language) if form else _as_text(table, language).encode()
    if out:
        out.write_bytes(content)
    elif form in ("xlsx", "docx", "pdf") and sys.stdout.isatty():
        raise Fault(f"A {form} file is nothing to look at here.", "Name a file with --out.")
    else:
        sys.stdout.buffer.write(content if form in ("xlsx", "docx", "pdf") else content.rstrip() + b"\n")


def _table(name: str, directory: Path | None, language: str) -> Table:
    try:
        if directory is None:
            return latest_with(name, language)
        return table_of(name, _load(directory)[0], language)
    except NotLoaded as fault:
        raise Fault(str(fault), "Load another folder with `meridian import baseline DIR`.") from fault


def _load(directory: Path) -> tuple[Dataset, dict[str, int]]:
    if not directory.is_dir():
        raise Fault(f"There is no folder {directory}.", "Name the folder that holds the CSV files.")
    if not any(directory.glob("*.csv")):
        raise Fault(f"The folder {directory} holds no CSV file.", "Name the folder with the data.")
    dataset = dataset_of(directory)
    try:
        return dataset, load_folder(actor=SHELL, directory=directory, dataset=dataset)
    except BadCell as fault:
        raise Fault(str(fault), "Mend the file and load it again; nothing was loaded.") from fault


def _as_text(table: Table, language: str) -> str:
    """The table for a terminal."""
    lines = [["", *(str(column.label) for column in table.columns)]]
    for row in table.rows:
        figures = [
            printed(value, table.decimals_of(column), language)
            for column, value in zip(table.columns, row.values, strict=True)
        ]
        lines.append(["  " * max(0, row.level - 1) + str(row.label), *figures])
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    body = "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )
    return f"{table.title} ({table.unit})\n{body}\n"


VERBS: dict[str, click.Command] = {"import baseline": baseline, "tables": tables}
