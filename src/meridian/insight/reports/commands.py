"""Loading data sets and keeping reports."""

from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, clean_row, command
from meridian.engine.listing.parameters import not_an_option
from meridian.engine.policies import Actor
from meridian.engine.tables.catalogue import Dataset, loaders, printed_tables
from meridian.insight.reports.models import Load, Report
from meridian.insight.reports.rules.narrative import tables_named

LOAD_LOCK = 0x4D65_4C6F


@command("reports.load.add", on=Load)
def load_folder(*, actor: Actor, directory: Path, dataset: Dataset) -> dict[str, int]:
    """Bring what the loaders know of a folder into rows, once; all of it or nothing.

    Returns how many rows of what went in, nothing for what was loaded before. `BadCell` names
    the cell at fault.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
    done = set(Load.objects.filter(key=dataset.key).values_list("loader", flat=True))
    total: dict[str, int] = {}
    for name, loader in loaders():
        if name in done:
            continue
        counts = loader(directory, dataset, actor)
        Load.objects.create(key=dataset.key, name=dataset.name, loader=name, counts=counts)
        for what, count in counts.items():
            total[what] = total.get(what, 0) + count
    return total


@command("reports.report.add", on=Report)
def add_report(*, actor: Actor, **fields: object) -> Report:
    """Begin a report. Refuses a data set that isn't loaded, and a table that there isn't."""
    _refuse_unloaded(fields.get("dataset_key"))
    return _write(Report(), fields)


@command("reports.report.change", on=Report, target="row")
def change_report(*, actor: Actor, row: Report, **fields: object) -> Report:
    """Change a report. Refuses a data set that isn't loaded, and a table that there isn't."""
    if fields.get("dataset_key", row.dataset_key) != row.dataset_key:
        _refuse_unloaded(fields["dataset_key"])
    return _write(row, fields)


@command("reports.report.remove", on=Report, target="row")
def remove_report(*, actor: Actor, row: Report) -> None:
    """Remove a report."""
    row.delete()


def _refuse_unloaded(key: object) -> None:
    loaded = dict(Load.objects.order_by("pk").values_list("key", "name"))
    if key and (sentence := not_an_option(str(key), loaded)):
        raise Refusal(sentence, "dataset_key")


def _write(row: Report, fields: dict[str, object]) -> Report:
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    known = printed_tables()
    for text in row.narrative.values():
        for name in tables_named(text):
            if name not in known:
                raise Refusal(
                    _("There is no table “%(name)s”; the tables are: %(known)s.")
                    % {"name": name, "known": ", ".join(known)},
                    "narrative",
                )
    row.save()
    return row
