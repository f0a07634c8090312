"""Rows out of the house and into it, every one through the same commands as a form."""

import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, models, transaction
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.exchange.matching import Matching
from meridian.engine.exchange.reading import Referents, read
from meridian.engine.exchange.report import Difference, Report
from meridian.engine.exchange.values import columns, fields_of, headings, written
from meridian.engine.exchange.workbook import READING_SHEET
from meridian.engine.listing.listing import Listing
from meridian.engine.policies import Actor
from meridian.engine.resources import Columns, Resource
from meridian.engine.sheets.cells import Cell
from meridian.engine.sheets.table import Line, Table
from meridian.kernel.words import near

MOST_SECONDS = 120
EXPORTED_AT_ONCE = 2_000


class _Undo(Exception):
    """Leaves the transaction of a dry run or of a file with faults."""


def export_rows(resource: type[Resource], actor: Actor, parameters: Mapping[str, str]) -> Iterator[list[str]]:
    """The texts of every row that the actor may export and that passes the list's filters."""
    listing = Listing(resource, actor, parameters)
    # Asked before the first line is sent: a filter that isn't understood refuses the whole file.
    rows = listing.rows("export").order_by(*listing.order.expressions())
    shown = Columns(resource, fields_of(resource), actor)
    fetched = rows.values_list(*shown.paths).iterator(chunk_size=EXPORTED_AT_ONCE)
    batches = iter(lambda: list(islice(fetched, EXPORTED_AT_ONCE)), [])
    return (written(resource, values) for batch in batches for values in shown.rows(batch))


Told = Callable[[int, int], None]


def import_rows(
    resource: type[Resource],
    actor: Actor,
    table: Table,
    *,
    dry: bool,
    tried: str = "",
    told: Told | None = None,
) -> Report:
    """Add or change a row per line; all of them, or none.

    A line whose row is known changes the cells that differ, any other adds a row. A dry run
    does all of it and takes it back. `tried` is the mark of the report of a dry run: should the
    file do anything else by now, nothing is written and the report is stale. `told` hears how many
    lines of how many are done, and may end it by raising; without it nobody waits for long.
    """
    report = Report(dry)
    _check_table(resource, table, report)
    if report.faults:
        return report
    name = f"{resource.model._meta.label_lower}.import"
    try:
        with transaction.atomic(), trail.entry(name, actor):
            _take_all(_Intake(resource, actor, report), table.lines, report, told)
            report.is_stale = bool(tried) and not dry and not report.faults and tried != report.mark
            if not report.written or not (report.added or report.changed):
                raise _Undo
    except _Undo:
        pass
    return report


def _check_table(resource: type[Resource], table: Table, report: Report) -> None:
    """Name what can be named before any row is tried: cells that can't be read, columns not known."""
    known = headings(resource)
    if table.sheet == READING_SHEET and not set(table.headings) <= set(known):
        sentence = _(
            "This is the file to read, which isn't taken in."
            " Take “To change” from “Export” of the list, change that file and send it."
        )
        report.fault(0, "", sentence)
        return
    for title in table.headings:
        if title not in known:
            meant = near(title, known)
            sentence = _("There is no such column: %(names)s.") % {"names": title[:80]}
            if meant:
                sentence += " " + _("Near to it: %(names)s.") % {"names": ", ".join(meant)}
            report.fault(
                next((line.number for line in table.lines if title in line.cells), 1), title, sentence
            )
    missing = [title for title, name in columns(resource).items() if name in resource.identity()]
    for title in missing:
        if title not in table.headings and (table.headings or table.lines):
            report.fault(
                0,
                title,
                _("The column %(column)s is missing, by which rows are told apart.") % {"column": title},
            )
    for fault in table.faults:
        report.fault(fault.line, fault.column, fault.words())


def _take_all(intake: "_Intake", lines: list[Line], report: Report, told: Told | None) -> None:
    end = time.monotonic() + MOST_SECONDS
    for line in lines:
        report.lines += 1
        intake.take(line)
        if report.is_cut:
            return
        if told:
            told(report.lines, len(lines))
        elif time.monotonic() > end:
            sentence = _("After %(seconds)s seconds the file was not done: split it.")
            report.fault(line.number, "", sentence % {"seconds": MOST_SECONDS})
            return


class _Intake:
    """Takes lines in, one after the other, and tells the report."""

    def __init__(self, resource: type[Resource], actor: Actor, report: Report) -> None:
        self._resource, self._actor, self._report = resource, actor, report
        self._columns = columns(resource)
        self._matching = Matching(resource, actor)
        self._referents = Referents(actor, resource.model)

    def take(self, line: Line) -> None:
        """Add or change the row of a line, or name what is wrong with it."""
        try:
            with transaction.atomic():
                key = self._matching.key_of(line)
                found = self._matching.find(line)
                if found is None:
                    self._add(line, key)
                else:
                    self._change(line, key, *found)
        except ValidationError as fault:
            named = fault.message_dict if hasattr(fault, "error_dict") else {"": fault.messages}
            for column, messages in named.items():
                self._report.fault(line.number, column, " ".join(messages))
        except Refusal as fault:
            self._report.fault(line.number, fault.field, str(fault))
        except DataError:
            self._report.fault(line.number, "", _("A value in this line is beyond what its column holds."))

    def _add(self, line: Line, key: str) -> None:
        if self._resource.add is None:
            raise Refusal(_("Rows of this kind can't be added."))
        ours, theirs = self._parted(line.cells)
        texts = {title: cell.text for title, cell in line.cells.items()}
        row = self._resource.add(actor=self._actor, **read(self._resource, ours, self._referents))
        if isinstance(row, models.Model):
            self._matching.take(row.pk)
            if any(cell.text for cell in theirs.values()):
                self._refuse_kept(theirs, self._matching.texts(row.pk))
        self._report.add(line.number, key, texts)

    def _change(self, line: Line, key: str, pk: int, texts: Mapping[str, str]) -> None:
        # A cell that says what a file would say of the row leaves it alone, whatever it means.
        differing = {title: cell for title, cell in line.cells.items() if cell.text != texts[title]}
        ours, theirs = self._parted(differing)
        if not differing:
            self._report.unchanged += 1
            return
        row = self._resource.model._base_manager.get(pk=pk)
        values = {
            name: value
            for name, value in read(self._resource, differing, self._referents, row).items()
            if getattr(row, name) != value
        }
        self._refuse_kept(
            {title: cell for title, cell in theirs.items() if self._columns[title] in values}, texts
        )
        if not values:
            self._report.unchanged += 1
            return
        if self._resource.change is None:
            raise Refusal(_("Rows of this kind can't be changed."))
        self._resource.change(actor=self._actor, row=row, **_versioned(row), **values)
        self._report.change(
            [
                Difference(line.number, key, title, texts[title], cell.text)
                for title, cell in ours.items()
                if self._columns[title] in values
            ]
        )

    def _parted(self, cells: Mapping[str, Cell]) -> tuple[dict[str, Cell], dict[str, Cell]]:
        """What a form could set, and what Meridian keeps itself."""
        ours: dict[str, Cell] = {}
        theirs: dict[str, Cell] = {}
        for title, cell in cells.items():
            name = self._columns[title]
            settable = name != "id" and self._resource.row_of(name).form
            (ours if settable else theirs)[title] = cell
        return ours, theirs

    def _refuse_kept(self, cells: Mapping[str, Cell], texts: Mapping[str, str]) -> None:
        for title, cell in cells.items():
            if cell.text and cell.text != texts[title]:
                sentence = _("Meridian keeps this column itself: leave it as it is, or out.")
                raise Refusal(sentence, title)


def _versioned(row: Any) -> dict[str, int]:
    """What makes a command refuse a row that somebody changed in between."""
    return {"expected_version": row.version} if hasattr(row, "version") else {}
