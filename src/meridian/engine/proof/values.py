"""A proof for programs."""

from typing import Any

from meridian.engine.api.rows import RowReader
from meridian.engine.proof.proven import Named, Proven
from meridian.engine.proof.seen import Seen, number_of
from meridian.engine.proof.trail import Written
from meridian.engine.resources import resource_of


def values_of(found: Proven) -> dict[str, Any]:
    """The proof as JSON; figures are texts, so that no digit is lost."""
    return {
        "proof": found.name,
        "title": str(found.proof.title),
        "figure": str(found.figure),
        "unit": str(found.proof.unit),
        "shown": None if found.asked.shown is None else str(found.asked.shown),
        "shown_at": found.asked.at,
        "recomputed_at": found.now,
        "differs": found.differs,
        "how": str(found.proof.how),
        "rows": _rows(found.seen),
        "rows_counted": found.seen.count,
        "rows_sum": str(found.seen.total),
        "rows_unseen": found.seen.unseen,
        "further": [
            {
                "rows": _rows(seen),
                "rows_counted": seen.count,
                "rows_sum": str(seen.total),
                "rows_unseen": seen.unseen,
            }
            for seen in found.further
        ],
        "edition": _named(found.edition),
        "decided_by": _named(found.decided),
        "last_written": _written(found.written),
    }


def _rows(seen: Seen) -> list[dict[str, Any]]:
    """The rows that are shown, as the interface sends them, each with what it adds."""
    rows = seen.rows.shown
    if not rows:
        return []
    model = seen.added.rows.model
    read = RowReader(resource_of(model), seen.actor).rows(
        model._base_manager.filter(pk__in=[row.pk for row in rows])
    )
    return [
        {"kind": model._meta.label_lower, "adds": str(number_of(row, seen.added)), "row": read[row.pk]}
        for row in rows
        if row.pk in read
    ]


def _named(row: Named | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"kind": row.kind, "title": row.title, "page": row.url, "last_written": _written(row.written)}


def _written(entry: Written | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {"entry": entry.entry, "command": entry.command, "by": entry.who, "at": entry.at}
