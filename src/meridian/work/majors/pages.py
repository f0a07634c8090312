"""The war room of a major incident: on a phone, at a desk and on the wall."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Refusal
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text, time_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import row_key
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import Sight, resource_of, unseen_text
from meridian.engine.values import url_of
from meridian.work.majors.commands import hold_together
from meridian.work.majors.models import ROLES, MajorIncident, MajorUpdate
from meridian.work.majors.queries import alike, child_incidents
from meridian.work.majors.resources import MajorIncidentResource
from meridian.work.servicedesk.facade import WorkItem

MOST_LINES, MOST_ITEMS = 100, 50
REFRESH_SECONDS = 30
STRONG = frozenset({"declared", "missed", "resolved", "stood_down", "called_again", "reviewed", "withdrawn"})


@needs("majors.majorincident.view")
@require_safe
def major_page(request: Request, key: int) -> HttpResponse:
    """The war room: who leads, when the next update is due, what everybody reads, what hangs on it."""
    row = visible_row(MajorIncidentResource, request.actor, key)
    detail, actor = DetailPage(MajorIncidentResource), request.actor
    may_hold = row.is_active and may_do(MajorIncidentResource, actor, "hold_together", row)
    near = cut(_seen(actor, alike(row)), MOST_ITEMS) if may_hold else None
    context = {
        "crumbs": [detail.list_crumb()],
        "head": _head(request, detail, row),
        "tabs": detail.tabs(request, row, ""),
        "alike": _alike_table(row, near.shown) if near and near.shown else None,
        "alike_cut": near,
        "wall_url": reverse("majors-wall", args=(row.pk,)),
        **_context(actor, row),
    }
    return render(request, "majors/major.html", context | given_parts(request, row))


@needs("majors.majorincident.view")
@require_safe
def wall(request: Request, key: int) -> HttpResponse:
    """The same for a screen that nobody touches; it renews itself."""
    row = visible_row(MajorIncidentResource, request.actor, key)
    answer = render(request, "majors/major_wall.html", _context(request.actor, row))
    answer["Refresh"] = str(REFRESH_SECONDS)
    return answer


@needs("majors.majorincident.hold_together")
@require_POST
def hold_several(request: Request, key: int) -> HttpResponse:
    """Hang the chosen incidents on it, each by itself: one that is refused stops no other."""
    row = visible_row(MajorIncidentResource, request.actor, key)
    chosen = {row_key(text) for text in request.POST.getlist("key")}
    held = 0
    for incident in WorkItem.objects.permitted(request.actor, "queue").filter(pk__in=chosen).order_by("pk"):
        try:
            hold_together(actor=request.actor, row=row, incident=incident)
        except Refusal as refusal:
            messages.error(request, f"{incident.number}: {refusal}")
        else:
            held += 1
    if held:
        words = ngettext("%(count)d incident hangs on it now.", "%(count)d incidents hang on it now.", held)
        messages.success(request, words % {"count": held})
    return redirect(url_of(row))


def _head(request: Request, detail: DetailPage, row: MajorIncident) -> dict[str, Any]:
    head = detail.head(request, row)
    # Who leads is often of another team than the incident's.
    incident = {"text": unseen_text()}
    if Sight(request.actor).sees(WorkItem, row.incident_id):
        number = row.incident.number
        incident = {"text": number, "url": reverse("desk-item", args=(number,))}
    head["facts"] = [
        {"label": _("Incident"), **incident},
        {"label": _("Declared"), "text": Spans(timezone.now()).since(row.declared_at)},
    ]
    return head


def _context(actor: Actor, row: MajorIncident) -> dict[str, Any]:
    """What the page and the wall show alike."""
    children = child_incidents(row)
    lines = cut(MajorUpdate.objects.filter(major=row).select_related("person").order_by("-pk"), MOST_LINES)
    held = cut(_seen(actor, children), MOST_ITEMS)
    return {
        "row": row,
        "clock": _clock(row),
        "roles": [
            {
                "label": row.role_words(role),
                "text": str(getattr(row, role)),
                "url": url_of(getattr(row, role)),
            }
            for role in ROLES
        ],
        "tiles": _tiles(row, children),
        "lines": [_line(line) for line in lines.shown],
        "lines_cut": lines,
        "held": _item_table(_("Incidents that hang on it"), held.shown),
        "held_cut": held,
        "languages": [str(name) for code, name in settings.LANGUAGES if row.status_text.get(code)],
        "time": time_text(timezone.now()),
    }


def _seen(actor: Actor, rows: Any) -> Any:
    seen = WorkItem.objects.permitted(actor, "queue")
    return rows.filter(pk__in=seen.values("pk")).order_by("-is_open", "priority", "opened_at", "pk")


def _clock(row: MajorIncident) -> dict[str, Any]:
    """When the next update is due, in words that are read across a room."""
    if row.next_update_at is None:
        words = {
            "stood_down": _("Over: to be reviewed"),
            "reviewed": _("Over and reviewed"),
            "withdrawn": _("Withdrawn"),
        }
        return {"words": words.get(row.state, ""), "tone": "good" if row.state == "reviewed" else "watch"}
    due, late = Spans(timezone.now()).due(row.next_update_at)
    return {
        "words": due,
        "tone": "bad" if late else "accent",
        "at": instant_text(row.next_update_at),
        "instant": row.next_update_at.isoformat(),
    }


def _tiles(row: MajorIncident, children: Any) -> list[dict[str, Any]]:
    counts = {True: 0, False: 0}
    for is_open in children.values_list("is_open", flat=True):
        counts[is_open] += 1
    return [
        {
            "number": number_text(counts[True]),
            "label": _("incidents open"),
            "tone": "bad" if counts[True] else "good",
            "proof": Unproved.LISTED,
        },
        {
            "number": number_text(counts[False]),
            "label": _("incidents resolved"),
            "tone": "good",
            "proof": Unproved.LISTED,
        },
        {
            "number": number_text(row.missed_count),
            "label": _("updates missed"),
            "tone": "bad" if row.missed_count else "still",
            "proof": Unproved.HELD,
        },
    ]


def _line(line: MajorUpdate) -> dict[str, Any]:
    return {
        "who": str(line.person or _("Meridian")),
        "what": line.get_kind_display(),
        "at": instant_text(line.at),
        "instant": line.at.isoformat(),
        "body": line.text,
        "strong": line.kind in STRONG,
    }


def _item_table(title: str, items: list[WorkItem], **bulk: Any) -> Table:
    tone_of = resource_of(WorkItem).tone_of
    columns = (
        Column(_("Number"), "code"),
        Column(_("Subject")),
        Column(_("State"), "state"),
        Column(_("Opened"), "date", minor=True),
    )
    rows = [
        Row(
            (
                Cell(item.number, "code", url=reverse("desk-item", args=(item.number,))),
                Cell(item.title),
                Cell(item.get_state_display(), "state", tone=tone_of(item.state)),
                Cell(instant_text(item.opened_at), "date", instant=item.opened_at.isoformat()),
            ),
            key=str(item.pk),
            name=item.number,
        )
        for item in items
    ]
    return Table(title, columns, rows, **bulk)


def _alike_table(row: MajorIncident, items: list[WorkItem]) -> Table:
    return _item_table(
        _("Open incidents that may have the same cause"),
        items,
        bulk_url=reverse("majors-hold", args=(row.pk,)),
        bulk_actions=(BulkAction("hold", _("Hold together with it"), "link"),),
    )


urlpatterns = [
    path("major-incidents/<int:key>/hold-several/", hold_several, name="majors-hold"),
    path("major-incidents/<int:key>/wall/", wall, name="majors-wall"),
]
