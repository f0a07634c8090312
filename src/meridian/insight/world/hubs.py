"""The hubs at an hour, from their shifts: who is awake, and who hands over to whom."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text, time_text
from meridian.engine.policies import Actor
from meridian.engine.records.zones import zone_or_utc
from meridian.work.handover.facade import open_sheets
from meridian.work.shifts.contracts import HubNow
from meridian.work.shifts.facade import hubs_at


def hubs_table(actor: Actor, now: datetime, *, live: bool) -> Table | None:
    """Every hub at an instant; None where there are none. A sheet is shown to
    whom it lets in, and of this minute alone."""
    rows = hubs_at(now)
    if not rows:
        return None
    names = {each.row.hub: each.row.name for each in rows}
    sheets = open_sheets(actor) if live else {}
    columns = [
        Column(_("Hub")),
        Column(_("Awake"), "state"),
        Column(_("Local time"), "date", minor=True),
        Column(_("At work"), "number", why=Unproved.RECKONED),
        Column(_("Speaking"), "code", minor=True),
        Column(_("Next change"), "date"),
        Column(_("Hands over to")),
        Column(_("Sheet"), "state", minor=True),
    ]
    return Table(
        _("Who is awake, and who hands over to whom"),
        columns,
        [_row(each, now, names, sheets.get(each.row.hub)) for each in rows],
    )


def _row(each: HubNow, now: datetime, names: dict[int, str], sheet: tuple[int, str] | None) -> Row:
    zone = zone_or_utc(each.row.zone)[0]
    change = each.until if each.awake else each.next_start
    url = reverse("handover-sheet-detail", args=(sheet[0],)) if sheet else ""
    return Row(
        [
            Cell(each.row.name, url=reverse("shifts-hub-detail", args=(each.row.hub,))),
            Cell(_("awake") if each.awake else _("asleep"), "state", "", "good" if each.awake else "still"),
            Cell(time_text(now.astimezone(zone)), "date"),
            Cell(number_text(len({duty.person for duty in each.awake})), "number"),
            Cell(", ".join(each.languages) or "–", "code"),
            Cell(time_text(change.astimezone(zone)) if change else "–", "date"),
            Cell(names.get(each.row.hands_over_to or 0, "–")),
            Cell(sheet[1] if sheet else "–", "state", url, "watch" if sheet else ""),
        ]
    )
