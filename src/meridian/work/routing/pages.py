"""Why an item went where it went: the rule, everybody who was asked about, and what counted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text
from meridian.engine.pages.entry import needs
from meridian.engine.pages.slots import PanelPart
from meridian.engine.policies import Actor, Request, policy_of
from meridian.work.routing.commands import route
from meridian.work.routing.models import Routing
from meridian.work.servicedesk.facade import Person, Team, WorkItem

FAILS: dict[str, Promise] = {
    "on_shift": gettext_lazy("not on shift"),
    "time": gettext_lazy("goes home too soon"),
    "language": gettext_lazy("does not speak the language"),
    "skill": gettext_lazy("lacks the skill"),
    "capacity": gettext_lazy("has enough in hand"),
}
POINTS: dict[str, Promise] = {
    "language": gettext_lazy("language"),
    "skill": gettext_lazy("skills"),
    "affinity": gettext_lazy("has helped them"),
    "site": gettext_lazy("knows the site"),
    "load": gettext_lazy("has few items"),
    "time": gettext_lazy("time left"),
}


@needs("servicedesk.workitem.queue")
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: Request, number: str) -> HttpResponse:
    """Why did it go there? Posted to, it is routed anew by whoever may."""
    item = WorkItem.objects.permitted(request.actor, "queue").filter(number=number).first()
    if item is None:
        raise Unseen(_("There is no such item, or it is not yours to see."))
    if request.method == "POST":
        done = route(actor=request.actor, item=item)
        messages.success(request, str(done.get_state_display()))
        return redirect("routing-why", item.number)
    routing = Routing.objects.filter(item=item).select_related("rule", "team", "person").first()
    context = {
        "item": item,
        "routing": routing,
        "facts": _facts(routing) if routing else [],
        "table": _table(routing) if routing else None,
        "may_route": item.is_open and policy_of(Routing).may(request.actor, "route"),
    }
    return render(request, "routing/why.html", context)


def _facts(routing: Routing) -> list[dict[str, Any]]:
    return [
        {"label": _("Rule"), "text": str(routing.rule or "–")},
        _state(routing),
        {"label": _("Team"), "text": str(routing.team or "–")},
        {"label": _("Person"), "text": str(routing.person or "–")},
        {"label": _("When"), "text": instant_text(routing.routed_at)},
    ]


def _state(routing: Routing) -> dict[str, Any]:
    tone = "good" if routing.state == Routing.State.ROUTED else "bad"
    return {"label": _("State"), "text": routing.get_state_display(), "tone": tone}


def _table(routing: Routing) -> Table:
    keys = [each["person"] for each in routing.candidates]
    names = {person.pk: str(person) for person in Person.objects.filter(pk__in=keys)}
    teams = {
        team.pk: str(team)
        for team in Team.objects.filter(pk__in=[each["team"] for each in routing.candidates])
    }
    columns = (
        Column(_("Person")),
        Column(_("Team"), minor=True),
        Column(_("Why not"), "state"),
        Column(_("In hand"), "number", why=Unproved.RECKONED, minor=True),
        Column(_("Points"), "number", why=Unproved.RECKONED),
        Column(_("What counted")),
    )
    rows = [
        Row(
            (
                Cell(names.get(each["person"], "–")),
                Cell(teams.get(each["team"], "–")),
                Cell(
                    ", ".join(str(FAILS.get(name, name)) for name in each["fails"]) or _("could have it"),
                    "state",
                    "",
                    "still" if each["fails"] else "good",
                ),
                Cell(number_text(each["in_hand"]), "number"),
                Cell("–" if each["fails"] else number_text(round(each["score"])), "number"),
                Cell(
                    ", ".join(
                        f"{POINTS.get(name, name)} {number_text(round(points))}"
                        for name, points in each["points"].items()
                        if round(points)
                    )
                    or "–"
                ),
            )
        )
        for each in routing.candidates
    ]
    return Table(_("Everybody who was asked about"), columns, rows)


def panel(actor: Actor, row: WorkItem) -> PanelPart | None:
    """On the page of an item: how it was routed, with the way to why."""
    if not WorkItem.objects.permitted(actor, "queue").filter(pk=row.pk).exists():
        return None
    routing = Routing.objects.filter(item=row).select_related("rule").first()
    if routing is None:
        return None
    url = reverse("routing-why", args=(row.number,))
    facts = [
        {"label": _("Rule"), "text": str(routing.rule or "–")},
        _state(routing),
        {"label": _("Why"), "text": _("Why did it go there?"), "url": url},
    ]
    return PanelPart(_("Routing"), {"facts": facts})


root_urlpatterns = [path("routing/why/<str:number>/", why, name="routing-why")]
