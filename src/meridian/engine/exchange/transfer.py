"""Rows out of the house and into it, every one through the same commands as a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.exchange.values import headings, paths, read, written
from meridian.engine.listing.listing import Listing
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource

MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: its number in the file (the heading is line 1), the column."""

    line: int
    column: str
    sentence: str


@dataclass(slots=True)
class Report:
    """What an import did, or would do when `dry`. With any fault nothing was written."""

    dry: bool
    lines: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def written(self) -> bool:
        return not self.dry and not self.faults


class _Undo(Exception):
    """Leaves the transaction of a dry run or of a file with faults."""


def export_rows(resource: type[Resource], actor: Actor, parameters: Mapping[str, str]) -> Iterator[list[str]]:
    """The texts of every row that the actor may export and that passes the list's filters."""
    listing = Listing(resource, actor, parameters)
    # Asked before the first line is sent: a filter that isn't understood refuses the whole file.
    rows = listing.rows("export").order_by(*listing.order.expressions())
    fetched = rows.values_list(*paths(resource)).iterator(chunk_size=2_000)
    return (written(resource, values) for values in fetched)


def import_rows(resource: type[Resource], actor: Actor, lines: list[dict[str, str]], *, dry: bool) -> Report:
    """Add or change a row per line; all of them, or none.

    A line whose natural key exists changes that row, any other adds one.
    """
    report = Report(dry)
    unknown = {title for line in lines[:1] for title in line} - set(headings(resource))
    if unknown:
        sentence = _("There is no such column: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        report.faults.append(Fault(1, "", sentence))
        return report
    name = f"{resource.model._meta.label_lower}.import"
    try:
        with transaction.atomic(), trail.entry(name, actor):
            for number, line in enumerate(lines, start=2):
                report.lines += 1
                _take(resource, actor, number, line, report)
                if len(report.faults) >= MOST_FAULTS:
                    break
            if not report.written or not (report.added or report.changed):
                raise _Undo
    except _Undo:
        pass
    return report


def _take(resource: type[Resource], actor: Actor, number: int, line: dict[str, str], report: Report) -> None:
    try:
        values = read(resource, line, actor)
        with transaction.atomic():
            existing = _existing(resource, values)
            if existing is None:
                if resource.add is None:
                    raise Refusal(_("Rows of this kind can't be added."))
                resource.add(actor=actor, **_settable(resource, values))
                report.added += 1
            elif _same(existing, values):
                report.unchanged += 1
            else:
                if resource.change is None:
                    raise Refusal(_("Rows of this kind can't be changed."))
                _refuse_fixed(resource, existing, values)
                resource.change(actor=actor, row=existing, **_settable(resource, values))
                report.changed += 1
    except ValidationError as fault:
        for column, messages in fault.message_dict.items():
            report.faults.append(Fault(number, column, " ".join(messages)))
    except Refusal as fault:
        report.faults.append(Fault(number, fault.field, str(fault)))


def _existing(resource: type[Resource], values: dict[str, Any]) -> models.Model | None:
    key = values.get(resource.key)
    if resource.key == "id" or key in (None, ""):
        return None
    return resource.model._base_manager.filter(**{resource.key: key}).first()


def _settable(resource: type[Resource], values: dict[str, Any]) -> dict[str, Any]:
    """What a form could set; the rest of a file is Meridian's own to keep."""
    return {name: value for name, value in values.items() if resource.row_of(name).form}


def _refuse_fixed(resource: type[Resource], row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if not resource.row_of(name).form and getattr(row, name) != value:
            raise Refusal(_("Meridian keeps this column itself: leave it as it is, or out."), name)


def _same(row: models.Model, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())
