"""The agents' queue."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.lookup import row_by_words
from meridian.engine.listing.parameters import faults_of, not_an_option, shown
from meridian.engine.pages.asked import by_itself, without
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import resource_of
from meridian.work.agentdesk.pages.words import (
    KEY_WORDS,
    NEWS,
    PRIORITIES,
    PRIORITY_TONES,
    STATE_WORDS,
    for_agents,
    tone_of,
)
from meridian.work.agentdesk.queries import (
    COUNTED_ROWS,
    PLACES,
    VIEWS,
    QueueFilter,
    QueuePage,
    QueueRow,
    due_between,
    place_of,
    queue_page,
    row_of,
)
from meridian.work.servicedesk.contracts import Kind, State
from meridian.work.servicedesk.facade import DutyStation, Person, Team, WorkItem

ADDRESS = reverse_lazy("desk-queue")
VIEW_TITLES = {
    "mine": gettext_lazy("Mine"),
    "teams": gettext_lazy("My teams"),
    "unassigned": gettext_lazy("Unassigned"),
    "open": gettext_lazy("All open"),
    "waiting": gettext_lazy("Waiting"),
    "all": gettext_lazy("Everything"),
}


@for_agents
@require_safe
@by_itself
def queue(request: Request) -> HttpResponse:
    """The open work of every team that the agent may see, the most pressing first."""
    actor = request.actor
    chosen, faults = _chosen(request, actor)
    place = {name: request.GET[name] for name in PLACES if request.GET.get(name)}
    if place and place_of(chosen, place) is None:
        faults[next(iter(place))] = _("This place in the queue is not known: begin at its first page.")
    page = QueuePage([], 0, "", "") if faults else queue_page(actor, chosen, place)
    narrowed = {name: value for name, value in _parameters(chosen).items() if name != "view"}
    context = {
        "views": [_tab(view, chosen) for view in VIEWS],
        "filters": _filters(chosen, narrowed),
        "team": chosen.team,
        "assignee": chosen.assignee,
        "place": chosen.place,
        "table": _table(page.rows, request.get_full_path()),
        "pager": _pager(chosen, page, bool(place)),
        "empty": _empty(chosen, bool(narrowed)),
        "may_add": actor.holds("servicedesk.workitem.add"),
        "further_keys": KEY_WORDS,
    }
    # htmx names its target as "section#list".
    part = "list" if request.headers.get("HX-Target", "").endswith("#list") else "page"
    if faults:
        context["faults"] = [
            {"sentence": sentence, "without_url": without(request, {name})}
            for name, sentence in faults.items()
        ]
    return render(request, f"agentdesk/queue_{part}.html", context, status=422 if faults else 200)


def _chosen(request: Request, actor: Actor) -> tuple[QueueFilter, dict[str, str]]:
    """What was asked for, and a sentence for each parameter that isn't understood."""
    faults = faults_of(request.GET, (*QueueFilter.__slots__, *PLACES))
    given = {name: request.GET.get(name, "").strip() for name in QueueFilter.__slots__}
    given["view"] = given["view"] or "open"
    if given["assignee"] == "me":
        given["assignee"], given["view"] = "", "mine"
    priorities = {str(key): name for key, name in PRIORITIES.items()}
    options = {
        "view": VIEW_TITLES,
        "state": dict(State.choices),
        "kind": dict(Kind.choices),
        "teams": dict(Team.Kind.choices),
        "news": NEWS,
    }
    for name, known in (options | {"priority": priorities}).items():
        if given[name] and (sentence := not_an_option(given[name], known)):
            faults[name] = sentence
    known_by: dict[str, tuple[type[Any], str]] = {"team": (Team, "code"), "assignee": (Person, "number")}
    for name, (model, key) in known_by.items():
        try:
            given[name] = getattr(row_by_words(model, given[name], actor), key) if given[name] else ""
        except LookupError as fault:
            faults[name] = str(fault)
    _choose_places(given, faults, actor)
    _choose_due(given, faults)
    return QueueFilter(**given), faults


def _choose_places(given: dict[str, str], faults: dict[str, str], actor: Actor) -> None:
    """Codes of duty stations are taken together; only a word that is none is looked up by itself."""
    words = [word.strip() for word in given["place"].split(",") if word.strip()]
    known = set(DutyStation.objects.filter(code__in=words).values_list("code", flat=True)) if words else set()
    try:
        codes = [word if word in known else row_by_words(DutyStation, word, actor).code for word in words]
        given["place"] = ",".join(dict.fromkeys(codes))
    except LookupError as fault:
        faults["place"] = str(fault)


def _choose_due(given: dict[str, str], faults: dict[str, str]) -> None:
    try:
        if given["due"]:
            due_between(given["due"], timezone.now())
    except ValueError:
        faults["due"] = _("“%(text)s” is no time: write “late”, “day” or one like 2026-03-04T09:00Z.") % {
            "text": shown(given["due"])
        }


def _parameters(chosen: QueueFilter) -> dict[str, str]:
    return {name: value for name in QueueFilter.__slots__ if (value := getattr(chosen, name))}


def _address(parameters: dict[str, str]) -> str:
    return f"{ADDRESS}?{urlencode(parameters)}" if parameters else str(ADDRESS)


def _tab(view: str, chosen: QueueFilter) -> dict[str, Any]:
    return {
        "title": VIEW_TITLES[view],
        "url": _address({**_parameters(chosen), "view": view}),
        "current": view == chosen.view,
        "count": None,
    }


def _filters(chosen: QueueFilter, narrowed: dict[str, str]) -> dict[str, Any]:
    choices: dict[str, tuple[str, Any]] = {
        "state": (_("Any state"), State.choices),
        "priority": (_("Any priority"), [(str(key), name) for key, name in PRIORITIES.items()]),
        "kind": (_("Any kind"), Kind.choices),
        "teams": (_("Any team"), Team.Kind.choices),
        "due": (_("Due at any time"), _due_choices(chosen.due)),
        "news": (_("New to me or not"), NEWS.items()),
    }
    return {
        "url": str(ADDRESS),
        "view": chosen.view,
        "fields": [
            {
                "name": name,
                "label": label,
                "choices": [
                    {"value": value, "label": words, "chosen": value == getattr(chosen, name)}
                    for value, words in [("", label), *options]
                ],
            }
            for name, (label, options) in choices.items()
        ],
        "clear_url": _address({"view": chosen.view}) if narrowed else "",
    }


def _due_choices(due: str) -> list[tuple[str, str]]:
    choices = [("late", _("Late")), ("later", _("In time")), ("day", _("Due within a day"))]
    if due in ("", "late", "later", "day"):
        return choices
    return [*choices, (due, _("Due until %(instant)s") % {"instant": instant_text(_instant(due))})]


def _instant(due: str) -> datetime:
    """The instant of a filter that is understood, or else now: the page says what is wrong."""
    try:
        return due_between(due, timezone.now())["due_at__lte"]
    except ValueError:
        return timezone.now()


class _Words:
    """What the rows of one page have in common, put into the reader's language once."""

    def __init__(self) -> None:
        self.spans = Spans(timezone.now())
        self.states = {state: str(words) for state, words in STATE_WORDS.items()}
        self.priorities = {priority: str(words) for priority, words in PRIORITIES.items()}


def as_row(item: WorkItem) -> Table:
    """The item as its one row in the queue, which stands beside it and is not loaded again."""
    return _table([row_of(item)], "")


def _table(rows: list[QueueRow], here: str) -> Table:
    words = _Words()
    columns = (
        Column(_("Number"), "code"),
        Column(_("Subject")),
        Column(_("State"), "state"),
        Column(_("Priority"), "state"),
        Column(_("Due"), "date"),
        Column(_("Team"), minor=True),
        Column(_("Assignee"), minor=True),
        Column(_("Requester"), minor=True),
        Column(_("Last event"), "date", minor=True),
    )
    return Table(
        caption=_("Work items"),
        columns=columns,
        rows=[_row(row, words) for row in rows],
        bulk_url=reverse("servicedesk-workitem-bulk"),
        bulk_actions=[
            BulkAction(verb.name, str(verb.title), verb.icon)
            for verb in resource_of(WorkItem).verbs
            if verb.bulk
        ],
        next_url=here,
    )


def _row(row: QueueRow, words: _Words) -> Row:
    url = reverse("desk-item", args=(row.number,))
    due, late = words.spans.due(row.due_at)
    ended = row.state in ("resolved", "closed", "cancelled")
    title = format_html('<bdi dir="auto">{}</bdi>', row.title)
    return Row(
        (
            Cell(row.number, "code", url),
            Cell(title, badges=_news(row.new_events)),
            Cell(words.states[row.state], "state", tone=tone_of(row.state)),
            Cell(words.priorities[row.priority], "state", tone=PRIORITY_TONES[row.priority]),
            Cell("–")
            if ended
            else Cell(due, "state", tone="bad")
            if late
            else Cell(due, "date", instant=row.due_at.isoformat()),
            Cell(row.team or "–"),
            Cell(f"{row.assignee_given} {row.assignee_family}" if row.assignee_given else "–"),
            Cell(f"{row.requester_given} {row.requester_family}"),
            Cell(words.spans.since(row.updated_at), "date", instant=row.updated_at.isoformat()),
        ),
        str(row.id),
        row.number,
    )


def _news(events: int | None) -> list[tuple[str, str]]:
    """The mark of what others did since the reader looked."""
    if not events or events < 0:
        return []
    return [(ngettext("%(count)s new", "%(count)s new", events) % {"count": number_text(events)}, "accent")]


def _pager(chosen: QueueFilter, page: QueuePage, has_moved: bool) -> dict[str, str]:
    parameters = _parameters(chosen)
    if page.total > COUNTED_ROWS:
        summary = _("%(shown)d of more than %(total)s items")
    else:
        summary = ngettext("%(shown)d of %(total)s item", "%(shown)d of %(total)s items", page.total)
    total = min(page.total, COUNTED_ROWS)
    places = {"after": page.next_token, "before": page.previous_token}
    urls = {name: _address({**parameters, name: token}) if token else "" for name, token in places.items()}
    return {
        "summary": summary % {"shown": len(page.rows), "total": number_text(total)},
        "first_url": _address(parameters) if has_moved else "",
        "next_url": urls["after"],
        "previous_url": urls["before"],
    }


def _empty(chosen: QueueFilter, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        action = {"title": _("Show without filters"), "url": _address({"view": chosen.view})}
        text = _("No item of this view matches the filters.")
        return {"icon": "filter", "title": _("Nothing found"), "text": text, "actions": [action]}
    action = {"title": _("Look at all open work"), "url": str(ADDRESS)}
    text = _("Whatever comes in for this view appears here, the most pressing first.")
    return {"icon": "check", "title": _("Nothing waits here"), "text": text, "actions": [action]}
