"""The search page and the palette."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meridian.engine.commands import Refusal
from meridian.engine.figures import number_text
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import SIGNED_IN, needs
from meridian.engine.pages.menu import all_registers
from meridian.engine.pages.verb_page import actions_of, row_at
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import Sight
from meridian.engine.search.find import MOST_CHARACTERS, Findings, Hit, exact, find
from meridian.engine.values import url_of

PALETTE_ITEMS = 10


@needs(SIGNED_IN)
@takes("q", "in", "after")
def search(request: Request) -> HttpResponse:
    """`?q=` words or a number; `?in=` narrows to one kind, `?after=` goes on. A number leads to its page."""
    text = request.GET.get("q", "").strip()
    facet = request.GET.get("in", "")
    if text and not facet:
        url = exact(request.actor, text)
        if url:
            return redirect(url)
    refusal, after, asked = "", request.GET.get("after", ""), {"q": text, "in": facet}
    try:
        found = find(request.actor, text, facet, after)
    except Refusal as fault:
        found, refusal = Findings([], []), str(fault)
    context = {
        "query": text,
        "refusal": refusal,
        "hits": [_shown(hit, request.actor) for hit in found.hits],
        "facets": [
            {"title": _plural(one.resource), "label": one.resource.model._meta.label_lower, "of": one}
            for one in sorted(found.facets, key=lambda one: (one.capped, one.count), reverse=True)
        ],
        "pager": {
            "summary": _shown_of(found, facet),
            "first_url": f"?{urlencode(asked)}" if after else "",
            "next_url": f"?{urlencode(asked | {'after': found.after})}" if found.after else "",
        },
        "facet": facet,
    }
    return render(request, "search/search.html", context, status=422 if refusal else 200)


@needs(SIGNED_IN)
@takes("q")
def palette(request: Request) -> HttpResponse:
    """What may be done to the row in hand, pages and registers whose title holds the words, then rows."""
    text = request.GET.get("q", "").strip()[:MOST_CHARACTERS]
    items = [found for found in _in_hand(request) if text.casefold() in str(found["title"]).casefold()]
    items += [
        {"title": entry.title, "detail": section.title, "url": entry.url, "icon": entry.icon}
        for section in all_registers(request.actor)
        for entry in section.entries
        if text.casefold() in entry.title.casefold()
    ][:PALETTE_ITEMS]
    if text:
        url = exact(request.actor, text)
        if url:
            items.insert(0, {"title": text, "detail": pgettext("action", "Open"), "url": url, "icon": "item"})
        items += [_shown(hit, request.actor) for hit in find(request.actor, text, shown=PALETTE_ITEMS).hits]
    return render(request, "design/partials/palette_items.html", {"items": items})


def _in_hand(request: Request) -> list[dict[str, Any]]:
    """What may be done to the row whose page the palette was opened on."""
    found = row_at(request.actor, urlsplit(request.headers.get("HX-Current-URL", "")).path)
    if found is None:
        return []
    resource, row = found
    detail = Sight(request.actor).title(row)
    actions = actions_of(resource, request.actor, row)
    return [{**action, "detail": detail} for action in actions if not action.get("refused")]


def _shown(hit: Hit, actor: Actor) -> dict[str, Any]:
    noun = str(hit.resource.model._meta.verbose_name)
    return {
        "title": Sight(actor).title(hit.row),
        "detail": noun[:1].upper() + noun[1:],
        "url": url_of(hit.row),
        "icon": hit.resource.icon,
    }


def _shown_of(found: Findings, facet: str) -> str:
    """How much there is to be seen: a page that doesn't show all of it says so."""
    facets = [one for one in found.facets if facet in ("", one.resource.model._meta.label_lower)]
    values = {
        "shown": len(found.hits),
        "count": number_text(sum(one.count for one in facets)),
    }
    if any(one.capped for one in facets):
        return _("%(shown)s shown of more than %(count)s, the best and newest first.") % values
    return _("%(shown)s shown of %(count)s, the best and newest first.") % values


def _plural(resource: Any) -> str:
    name = str(resource.model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


root_urlpatterns = [path("search/", search, name="search"), path("palette/", palette, name="palette")]
