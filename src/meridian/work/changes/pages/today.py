"""The day of a change manager: what waits for assessment and board, conflicts, today's windows, figures."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.figures import instant_text, number_text
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import one_of
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.values import url_of
from meridian.work.changes.models import Change, Meeting
from meridian.work.changes.pages.tables import change_table, conflict_words
from meridian.work.changes.proofs import SPANS
from meridian.work.changes.queries.conflicts import conflicts_of
from meridian.work.changes.queries.figures import figures_of

MOST_ROWS, MOST_CHECKED = 25, 40
TODAY = timedelta(hours=24)


@needs("changes.change.view")
@require_safe
@takes("days")
def today(request: Request) -> HttpResponse:
    """What waits for whoever keeps changes."""
    actor, now = request.actor, timezone.now()
    days = one_of("days", request.GET.get("days", ""), {"": "90", **{span: span for span in SPANS}}) or "90"
    rows = Change.objects.permitted(actor)
    running = rows.filter(
        state__in=("scheduled", "implement"), planned_from__lt=now + TODAY, planned_until__gt=now
    )
    late = rows.filter(state="review").order_by("review_due_at", "pk")
    parts: tuple[tuple[str, QuerySet[Change], dict[str, str]], ...] = (
        (
            _("To be assessed"),
            rows.filter(state="assess").order_by("planned_from", "pk"),
            {"state": "assess"},
        ),
        (
            _("Waits for authorisation"),
            rows.filter(state="authorise").order_by("planned_from", "pk"),
            {"state": "authorise"},
        ),
        (_("Windows of the next 24 hours"), running.order_by("planned_from", "pk"), {}),
        (_("To be reviewed"), late, {"state": "review"}),
    )
    waiting = rows.filter(state__in=("assess", "authorise", "scheduled"), planned_until__gt=now)
    coming = cut(waiting.order_by("planned_from", "pk"), MOST_CHECKED)
    held = Meeting.objects.permitted(actor).filter(held_at=None).select_related("board")
    meetings = cut(held.order_by("starts_at", "pk"), MOST_ROWS)
    context = {
        "sections": [_section(title, found, asked) for title, found, asked in parts],
        "conflicts": _conflicts(coming.shown),
        "checked_cut": coming,
        "meetings": _meetings(meetings.shown),
        "meetings_cut": meetings,
        "tiles": _tiles(actor, days),
        "spans": [{"days": span, "current": span == days} for span in SPANS],
        "may_add": policy_of(Change).may(actor, "add"),
    }
    return render(request, "changes/today.html", context)


def _section(title: str, rows: QuerySet[Change], asked: dict[str, str]) -> dict[str, Any]:
    found = cut(rows.select_related("team"), MOST_ROWS)
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return {
        "title": title,
        "table": change_table(title, found.shown) if found.shown else None,
        "cut": found,
        "url": f"{reverse('changes-change-list')}?{query}",
    }


def _conflicts(coming: list[Change]) -> list[dict[str, Any]]:
    """What stands in the way of changes that are to come, each change with its lines."""
    found = []
    for row in coming:
        lines = [conflict_words(one) for one in conflicts_of(row)]
        if lines:
            found.append({"title": f"{row.number} {row.title}", "url": url_of(row), "lines": lines})
    return found


def _meetings(rows: list[Meeting]) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{row.board} · {instant_text(row.starts_at)}",
            "url": url_of(row),
            "count": row.agenda.count(),
        }
        for row in rows
    ]


def _tiles(actor: Actor, days: str) -> list[dict[str, Any]]:
    now = timezone.now()
    found = figures_of(actor, now - timedelta(days=SPANS[days]), now)
    shown: list[tuple[str, str, Any, int, str]] = [
        ("implemented", _("changes implemented"), found.implemented, 0, "accent"),
        (
            "failed",
            _("failed, backed out or caused an incident"),
            found.failed,
            0,
            "bad" if found.failed else "good",
        ),
        ("emergency", _("emergency changes"), found.emergency, 0, "watch" if found.emergency else "still"),
    ]
    if found.failure_percent is not None and found.lead_days is not None:
        rate = round(found.failure_percent, 1)
        shown.append(("rate", _("change failure rate, %"), rate, 1, "bad" if rate >= 15 else "good"))
        shown.append(
            ("lead", _("days from raising to done (median)"), round(found.lead_days, 1), 1, "accent")
        )
    return [
        {
            "number": number_text(_exact(figure), decimals),
            "label": label,
            "tone": tone,
            "proof": proof_address("changes.figures", _exact(figure), what=what, days=days),
        }
        for what, label, figure, decimals, tone in shown
    ]


def _exact(figure: float) -> Any:
    return figure if isinstance(figure, int) else Decimal(str(figure))
