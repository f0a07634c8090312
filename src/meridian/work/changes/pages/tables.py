"""Changes in tables, and what stands in their way in words."""

from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.work.changes.models import Change
from meridian.work.changes.queries.conflicts import Conflict

RISK_TONES = {"low": "good", "moderate": "watch", "high": "bad"}


def change_table(title: str, rows: list[Change]) -> Table:
    """Each change with its state, risk and window."""
    columns = (
        Column(_("Change")),
        Column(_("Type"), minor=True),
        Column(_("State"), "state"),
        Column(_("Risk"), "state"),
        Column(_("From"), "date"),
        Column(_("Until"), "date", minor=True),
    )
    return Table(title, columns, [_row(row) for row in rows])


def _row(row: Change) -> Row:
    tone = resource_of(Change).tone_of(row.state)
    risk = (
        Cell(row.get_risk_level_display(), "state", tone=RISK_TONES[row.risk_level])
        if row.risk_level
        else Cell("–")
    )
    return Row(
        (
            Cell(f"{row.number} {row.title}", url=url_of(row)),
            Cell(row.get_kind_display()),
            Cell(row.get_state_display(), "state", tone=tone),
            risk,
            _instant(row.planned_from),
            _instant(row.planned_until),
        )
    )


def _instant(at: Any) -> Cell:
    return Cell(instant_text(at), "date", instant=at.isoformat()) if at else Cell("–", "date")


def conflict_words(found: Conflict) -> dict[str, Any]:
    """A conflict as a line: what it is, its tone, and where it leads."""
    if found.change is not None:
        text = _("At the same time on the same ground: %(number)s %(title)s")
        words = {"number": found.change.number, "title": found.change.title}
        return {"text": text % words, "url": url_of(found.change), "tone": "watch"}
    window: Any = found.window
    texts = {
        Conflict.FREEZE: _("In the freeze “%(window)s”"),
        Conflict.OUTSIDE: _("Outside of maintenance; the next is “%(window)s”"),
    }
    text = texts[found.kind] % {"window": window}
    return {"text": text, "url": url_of(window), "tone": "bad" if found.blocks else "watch"}
