"""What was kept of what was promised."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text, percent_text
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import one_of
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.records import reference
from meridian.engine.values import url_of
from meridian.work.clockwatch.pages.words import choices_for
from meridian.work.clockwatch.queries.report import GROUPS, NONE, Asked, Share, left_out, shares
from meridian.work.service_levels.contracts import Kind, Measure
from meridian.work.service_levels.facade import Clock, ClockPolicy
from meridian.work.servicedesk.facade import Category, Team

MOST_LEFT_OUT = 100
MOST_GROUPS = 100


@needs("service_levels.clock.view")
@require_safe
@takes("kind", "measure", "days", "by")
def report_page(request: Request) -> HttpResponse:
    """Met ÷ (met + breached) by service, site, team, priority or policy, beside what was agreed."""
    asked, group, options = asked_of(request)
    now = timezone.now()
    found = cut(shares(request.actor, asked, group, now), MOST_GROUPS)
    out = cut(left_out(request.actor, asked, now), MOST_LEFT_OUT)
    names = _names(group, found.shown)
    columns = [
        Column(str(options["by"][group])),
        Column(_("Kept"), "number"),
        Column(_("Broken"), "number"),
        Column(_("Kept, of all that ended"), "number", why=Unproved.FOLLOWS),
        Column(_("Agreed"), "number", why=Unproved.HELD),
    ]
    rows = [_row(share, asked, group, names) for share in found.shown]
    context = {
        "table": Table(_("What was kept"), columns, rows),
        "cut": found,
        "left_out": Table(
            _("Left out"), [Column(_("Clock")), Column(_("Why"))], [_out(row) for row in out.shown]
        ),
        "left_out_cut": out,
        "forms": [
            {"name": name, "label": label, "options": choices_for(options[name], chosen)}
            for name, label, chosen in (
                ("kind", _("Promise"), asked.kind),
                ("measure", _("Measure"), asked.measure),
                ("days", _("Ended in the last"), str(asked.days)),
                ("by", _("By"), group),
            )
        ],
    }
    return render(request, "clockwatch/report.html", context)


def asked_of(request: Request) -> tuple[Asked, str, dict[str, dict[str, Any]]]:
    """What the address asks, and what can be asked."""
    options: dict[str, dict[str, Any]] = {
        "kind": dict(Kind.choices),
        "measure": dict(Measure.choices),
        "days": {"30": _("30 days"), "90": _("90 days"), "365": _("365 days")},
        "by": {
            "policy": _("policy"),
            "service": _("service"),
            "site": _("site"),
            "team": _("team"),
            "priority": _("priority"),
        },
    }
    usual = {"kind": Kind.SLA.value, "measure": Measure.RESOLVE.value, "days": "30", "by": "team"}
    chosen = {name: one_of(name, request.GET.get(name, usual[name]), options[name]) for name in usual}
    return Asked(chosen["kind"], chosen["measure"], int(chosen["days"])), chosen["by"], options


def _names(group: str, found: list[Share]) -> dict[Any, str]:
    tables: dict[str, Any] = {
        "policy": ClockPolicy,
        "service": Category,
        "site": reference("places.Site"),
        "team": Team,
    }
    if group not in tables:
        return {}
    rows = tables[group].objects.filter(pk__in=[share.key for share in found if share.key is not None])
    return {row.pk: str(row) for row in rows}


def _row(share: Share, asked: Asked, group: str, names: dict[Any, str]) -> Row:
    assert group in GROUPS
    key = NONE if share.key is None else str(share.key)
    name = _("none") if share.key is None else names.get(share.key, str(share.key))

    def counted(number: int, what: str) -> Cell:
        proof = proof_address("clockwatch.kept", number, what=what, by=group, key=key, **asked._asdict())
        return Cell(number_text(number), "number", proof=proof)

    percent = round(share.percent)
    return Row(
        [
            Cell(name, badges=[(_("below"), "bad")] if share.percent < share.agreed_percent else []),
            counted(share.met, "met"),
            counted(share.breached, "breached"),
            Cell(percent_text(percent), "number"),
            Cell(percent_text(share.agreed_percent), "number"),
        ]
    )


def _out(clock: Clock) -> Row:
    because = {"merged": _("merged into another item"), "replaced": _("no longer promised")}
    said = clock.annulled_because or because.get(clock.ended_as, _("cancelled"))
    title = f"{clock.item.number} {clock.item.title}" if clock.item else clock.title
    return Row([Cell(title, url=url_of(clock) or ""), Cell(said)])
