"""The addresses of every declared resource."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.listing.cut import cut
from meridian.engine.listing.lookup import LONGEST_WORD, reference_text
from meridian.engine.listing.parameters import NotUnderstood, faults_of, shown
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.bulk_page import BulkPage
from meridian.engine.pages.detail_page import DetailPage
from meridian.engine.pages.entry import SIGNED_IN, all_addresses, needs
from meridian.engine.pages.exchange_page import ExchangePage
from meridian.engine.pages.form_page import FormPage
from meridian.engine.pages.list_page import ListPage
from meridian.engine.pages.neighbours import NeighboursPage
from meridian.engine.pages.verb_page import VerbPage
from meridian.engine.policies import Request
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, Verb, resources
from meridian.engine.translation import language_codes
from meridian.engine.values import resource_name

SUGGESTIONS = 12


def resource_urls() -> list[URLPattern]:
    """Pages of every resource, and the suggestions behind reference inputs."""
    patterns = [path("lookup/<str:label>/", suggest, name="lookup")]
    for resource in resources():
        patterns += _pages(resource)
    return patterns


def refuse_clashes(made: Collection[Any], generated: Collection[Any]) -> None:
    """Raise `ImproperlyConfigured` where a hand-made page stands at a generated address by chance."""
    found: Any = all_addresses
    taken = {pattern.whole for pattern in found(generated)}
    for pattern in found(made):
        if pattern.whole in taken:
            raise ImproperlyConfigured(
                f"{pattern.callback.__module__}: {pattern.whole} is the address of a generated page."
                " Name the page in `pages` of the resource instead."
            )


def _pages(resource: type[Resource]) -> list[URLPattern]:
    stem, name = f"{resource.module()}/{resource.address}/", resource_name(resource)
    listing, detail = _page(resource, "list", ListPage), _page(resource, "detail", DetailPage)
    form, files = _page(resource, "form", FormPage), _page(resource, "files", ExchangePage)
    history = detail if isinstance(detail, DetailPage) else DetailPage(resource)
    return [
        path(stem, listing, name=f"{name}-list"),
        path(f"{stem}new/", form.add, name=f"{name}-add"),
        path(f"{stem}bulk/", _page(resource, "bulk", BulkPage), name=f"{name}-bulk"),
        path(f"{stem}export/<str:kind>/", files.export, name=f"{name}-export"),
        path(f"{stem}import/", files.take_in, name=f"{name}-import"),
        path(f"{stem}<int:key>/", detail, name=f"{name}-detail"),
        path(f"{stem}<int:key>/history/", history, {"tab": "history"}, name=f"{name}-history"),
        path(f"{stem}<int:key>/part/<str:tab>/", history, name=f"{name}-part"),
        path(f"{stem}<int:key>/neighbours/", NeighboursPage(resource), name=f"{name}-neighbours"),
        path(f"{stem}<int:key>/edit/", form.edit, name=f"{name}-edit"),
        path(f"{stem}<int:key>/remove/", form.remove, name=f"{name}-remove"),
        *(
            path(f"{stem}<int:key>/{verb.name}/", _verb_page(resource, verb), name=f"{name}-{verb.name}")
            for verb in resource.verbs
        ),
    ]


def _page(resource: type[Resource], kind: str, generated: Any) -> Any:
    """The module's own page of a kind, a function or a class made for the resource; else the generated."""
    found = _own_page(resource, kind) or generated
    return found(resource) if isinstance(found, type) else found


def _verb_page(resource: type[Resource], verb: Verb) -> Any:
    found = _own_page(resource, verb.name) or VerbPage
    return found(resource, verb) if isinstance(found, type) else found


def _own_page(resource: type[Resource], kind: str) -> Any:
    """What `Resource.pages` names; a name that leads nowhere is a fault at start."""
    if kind not in resource.pages:
        return None
    named = f"{resource.package()}.{resource.pages[kind]}"
    try:
        return import_string(named)
    except ImportError as fault:
        raise ImportError(
            f"{resource.__module__}.{resource.__name__}: its page {kind} is to be {named}. {fault}"
        ) from fault


@needs(SIGNED_IN)
@by_itself
def suggest(request: Request, label: str) -> HttpResponse:
    """Options for a reference input: rows whose searched fields begin with what was typed."""
    resource = next((found for found in resources() if found.model._meta.label_lower == label), None)
    if resource is None:
        raise Unseen(_("There is no such list."))
    typed = _typed(request)
    rows = permitted_rows(resource.model, request.actor, "view").filter(_begins(resource, typed))
    found = cut(rows.order_by(*resource.order) if typed else rows.none(), SUGGESTIONS)
    suggestions = [reference_text(row, Sight(request.actor)) for row in found.shown]
    return render(request, "pages/suggestions.html", {"suggestions": suggestions, "cut": found})


def _typed(request: Request) -> str:
    """What was typed into the one input that asks, whatever its name."""
    name = next(iter(request.GET), "")
    if faults := faults_of(request.GET, (name,)):
        raise NotUnderstood(faults)
    text = request.GET.get(name, "").split(" · ", 1)[0].strip()
    if "\0" in text:
        raise NotUnderstood({name: _("“%(value)s” is no text.") % {"value": shown(text)}})
    if len(text) > LONGEST_WORD:
        raise NotUnderstood({name: _("Type at most %(most)s characters.") % {"most": LONGEST_WORD}})
    return text


def _begins(resource: type[Resource], typed: str) -> models.Q:
    condition = models.Q(pk__in=())
    for row in resource.searched():
        field: Any = resource.field(row.name)
        if isinstance(field, models.CharField):
            condition |= models.Q(**{f"{row.name}__istartswith": typed})
        elif isinstance(field, models.JSONField):
            for code in language_codes():
                condition |= models.Q(**{f"{row.name}__{code}__istartswith": typed})
    return condition
