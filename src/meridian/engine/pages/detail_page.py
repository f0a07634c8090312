"""The page of one row: head, facts in panels, what refers to it, its history."""

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.pages.asked import BY_ITSELF
from meridian.engine.pages.children import children_of
from meridian.engine.pages.earlier import BEFORE, history_of
from meridian.engine.pages.rows import visible_row
from meridian.engine.pages.slots import (
    RenderedPart,
    actions_for,
    badges_for,
    given_to,
    panels_for,
    tabs_for,
    tiles_for,
)
from meridian.engine.pages.verb_page import actions_of
from meridian.engine.policies import Request
from meridian.engine.resources import Panel, Resource, Sight, resource_of
from meridian.engine.values import Renderer, resource_name

MOST_PANELS = 3


class DetailPage:
    """Answers `GET /module/rows/7/` and, with `tab`, the further tabs of the row."""

    needs = "view"
    template = "pages/detail.html"
    renderer = Renderer
    parameters = BY_ITSELF

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    def __call__(self, request: Request, key: int, tab: str = "") -> HttpResponse:
        refuse_unknown(request.GET, (BEFORE,) if tab == "history" else ())
        row = visible_row(self.resource, request.actor, key)
        return render(request, self.template, self.context(request, row, tab))

    def context(self, request: Request, row: models.Model, tab: str) -> dict[str, Any]:
        """What the template shows; a subclass adds its own."""
        context = {
            "row": row,
            "head": self.head(request, row),
            "crumbs": [self.list_crumb()],
            "tabs": self.tabs(request, row, tab),
            "tab": tab,
        }
        if tab == "history":
            return context | history_of(request, self.resource, row)
        if tab:
            return context | {"part": self.part(request, row, tab)}
        panels = self.panels(row, self.renderer(Sight(request.actor)))
        own = {"panels": panels, "children": list(children_of(request, row))}
        return context | own | given_parts(request, row)

    def part(self, request: Request, row: models.Model, name: str) -> RenderedPart:
        """The content of the tab that a module gives."""
        tab = tabs_for(request.actor, row).get(name)
        if tab is None:
            raise Unseen(_("This page has no such part, or it is not yours to see."))
        html = SafeString(render_to_string(tab.body_template, tab.content(), request))
        return RenderedPart(name, str(tab.title), html)

    def list_crumb(self) -> dict[str, str]:
        title = str(self.resource.model._meta.verbose_name_plural)
        return {"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}

    def head(self, request: Request, row: models.Model) -> dict[str, Any]:
        noun = str(self.resource.model._meta.verbose_name)
        value = getattr(row, self.resource.state) if self.resource.state else ""
        words = getattr(row, f"get_{self.resource.state}_display")() if value else ""
        key = getattr(row, self.resource.key)
        title = Sight(request.actor).title(row)
        own = self.actions(request, row)
        return {
            "kind": noun[:1].upper() + noun[1:],
            "number": "" if self.resource.key == "id" or str(key) == title else key,
            "title": title,
            "icon": self.resource.icon,
            "tone": self.resource.tone_of(value),
            "state": words,
            "badges": badges_for(request.actor, type(row), [row]).get(row.pk, ()),
            "facts": [],
            "actions": [
                *(action for action in own if not action.get("danger")),
                *actions_for(request.actor, type(row), row),
                *(action for action in own if action.get("danger")),
            ],
        }

    def actions(self, request: Request, row: models.Model) -> list[dict[str, Any]]:
        return actions_of(self.resource, request.actor, row)

    def tabs(self, request: Request, row: models.Model, tab: str) -> list[dict[str, Any]]:
        here = reverse(f"{self.name}-detail", args=(row.pk,))
        tabs = [
            {"title": _("Particulars"), "url": here, "current": not tab, "count": None},
            {"title": _("History"), "url": f"{here}history/", "current": tab == "history", "count": None},
        ]
        if "attachments" in self.resource.abilities:
            url = reverse("files", args=(self.resource.model._meta.label_lower, row.pk))
            tabs.append({"title": _("Files"), "url": url, "current": False, "count": None})
        for name, given in tabs_for(request.actor, row).items():
            url = reverse(f"{self.name}-part", args=(row.pk, name))
            tabs.append({"title": given.title, "url": url, "current": name == tab, "count": given.count})
        return tabs

    def panels(self, row: models.Model, renderer: Renderer) -> list[dict[str, Any]]:
        shown = [
            field.name for field in self.resource.fields if field.form or field.column or "r" in field.api
        ]
        panels = self.resource.panels or (Panel("", tuple(shown)),)
        placed = {name for panel in panels for name in panel.fields}
        rest = tuple(name for name in shown if name not in placed and self.resource.row_of(name).form)
        if rest:
            panels = (*panels, Panel(_("More"), rest))
        return [
            {
                "title": panel.title,
                "facts": [renderer.fact(self.resource, row, name) for name in panel.fields],
            }
            for panel in panels
        ]


def given_parts(request: Request, row: models.Model, *, is_later: bool = False) -> dict[str, Any]:
    """What modules give to the page of a row, as `pages/partials/parts.html` shows it.

    Where many modules speak, their parts are left to what is loaded after the page (`is_later`).
    """
    name, actor = resource_name(resource_of(type(row))), request.actor
    are_many = len(list(given_to("panel", type(row), actor))) > MOST_PANELS
    given = {"neighbours_url": reverse(f"{name}-neighbours", args=(row.pk,)), "are_many": are_many}
    if are_many == is_later:
        given |= {"given_tiles": list(tiles_for(actor, row)), "given_panels": list(panels_for(request, row))}
    return given
