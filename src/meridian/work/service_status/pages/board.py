"""How services stand, for everybody in the house and over a thin line."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, instant_text, percent_text
from meridian.engine.listing.cut import cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.service_status.board import Line, board, line_of
from meridian.work.service_status.commands import subscribe, unfollow
from meridian.work.service_status.contracts import TONES, Level
from meridian.work.service_status.models import StatusStep, Subscription
from meridian.work.service_status.pages.feeds import read_by_all, words_of
from meridian.work.service_status.queries import live_services, news

MOST_NEWS = 50
PROOF = "service_status.availability_proof"


@read_by_all
def status(request: Request) -> HttpResponse:
    """How each service stands, what is known of disturbances, and what is planned."""
    now = timezone.now()
    found = board(now)
    followed = _followed(request)
    context = {
        **_frame(request),
        "lines": [_shown(request, line) for line in found.lines],
        "worst": {"tone": TONES[found.worst], "words": _whole(found.worst)},
        "majors": [
            {
                "subject": str(one.subject),
                "text": str(one.text),
                "since": instant_text(one.since),
                "next": instant_text(one.next_update_at) if one.next_update_at else "",
                "over": instant_text(one.over_at) if one.over_at else "",
            }
            for one in found.majors
        ],
        "planned": _planned_table(found.planned, {line.service.pk: line for line in found.lines}),
        "announced": found.announced,
        "everything": followed.get(None),
        "may_follow": request.actor.account_id is not None,
    }
    return render(request, "service_status/status.html", context)


def _frame(request: Request) -> dict[str, Any]:
    return {"frame": "design/shell.html" if request.actor.known else "design/plain.html"}


def _whole(level: str) -> str:
    if level == Level.OPERATIONAL:
        return _("All services work.")
    if level == Level.MAINTENANCE:
        return _("Some services are being worked on.")
    return _("Some services do not work as they should.")


def _followed(request: Request) -> dict[int | None, int]:
    """What the reader follows: the subscription by its service; None is everything."""
    if request.actor.account_id is None:
        return {}
    rows = Subscription.objects.permitted(request.actor).filter(site=None)
    return dict(rows.values_list("service", "pk"))


def _shown(request: Request, line: Line) -> dict[str, Any]:
    figure = percent_text(line.percent, 2)
    return {
        "name": str(line.service),
        "url": reverse("service-status-service", args=(line.service.code,)),
        "level": Level(line.level).label,
        "tone": TONES[line.level],
        "figure": figure,
        "proof": proof_address(PROOF, line.percent, service=line.service.pk) if request.actor.known else "",
        "days": [
            {"place": place, "tone": TONES[day.level]}
            for place, day in enumerate(line.days)
            if day.level != "operational"
        ],
    }


def _planned_table(plans: list[Any], lines: dict[int, Line]) -> Table | None:
    rows = [
        Row(
            (
                Cell(instant_text(plan.starts_at), "date", instant=plan.starts_at.isoformat()),
                Cell(instant_text(plan.ends_at), "date", instant=plan.ends_at.isoformat()),
                Cell(", ".join(str(lines[key].service) for key in lines if key in plan.services)),
                Cell(str(plan.name) or plan.number),
            )
        )
        for plan in plans
    ]
    columns = (
        Column(_("From"), "date"),
        Column(_("Until"), "date"),
        Column(_("Services")),
        Column(_("What")),
    )
    return Table(_("Planned maintenance"), columns, rows) if rows else None


@read_by_all
def service_status(request: Request, code: str) -> HttpResponse:
    """How one service stands and stood: the days on which it wasn't whole, and what was told of it."""
    service = live_services().select_related("unit", "owner").filter(code=code).first()
    if service is None:
        raise Unseen(_("There is no such service."))
    line = line_of(service, timezone.now())
    told = cut(news(service.pk), MOST_NEWS)
    context = {
        **_frame(request),
        "crumbs": [{"title": _("Status of services"), "url": reverse("service-status")}],
        "service": service,
        "line": _shown(request, line),
        "table": _days_table(request, line),
        "news": [_told(step) for step in told.shown],
        "cut": told,
        "followed": _followed(request).get(service.pk),
        "may_follow": request.actor.account_id is not None,
    }
    return render(request, "service_status/service.html", context)


def _days_table(request: Request, line: Line) -> Table | None:
    rows = []
    for day in reversed(line.days):
        if day.level == Level.OPERATIONAL:
            continue
        proof = (
            proof_address(PROOF, day.percent, service=line.service.pk, day=day.since.date().isoformat())
            if request.actor.known
            else ""
        )
        rows.append(
            Row(
                (
                    Cell(day_text(day.since.date()), "date", instant=day.since.date().isoformat()),
                    Cell(str(Level(day.level).label), "state", tone=TONES[day.level]),
                    Cell(percent_text(day.percent, 2), "number", proof=proof),
                )
            )
        )
    columns = (
        Column(_("Day (UTC)"), "date"),
        Column(_("At worst"), "state"),
        Column(_("Availability"), "number"),
    )
    return Table(_("Days on which it was not whole"), columns, rows) if rows else None


def _told(step: StatusStep) -> dict[str, Any]:
    return {
        "who": step.get_kind_display(),
        "what": step.get_level_display(),
        "at": instant_text(step.at),
        "instant": step.at.isoformat(),
        "body": words_of(step),
    }


@needs("service_status.subscription.add")
@require_POST
def follow(request: Request) -> HttpResponse:
    """Follow a service, or all of them; or follow it no more."""
    mine = Subscription.objects.permitted(request.actor, "unfollow")
    code = request.POST.get("service", "")
    service = live_services().filter(code=code).first() if code else None
    if code and service is None:
        raise Unseen(_("There is no such service."))
    row = mine.filter(service=service, site=None).first()
    try:
        if request.POST.get("stop"):
            if row is not None:
                unfollow(actor=request.actor, row=row)
            messages.success(request, _("You will hear no more of this."))
        elif row is None:
            subscribe(actor=request.actor, service=service)
            messages.success(request, _("You are told of every step, in the bell and by mail."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("service-status-service", code) if code else redirect("service-status")
