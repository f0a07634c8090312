"""What every page's frame shows: menu, account, notices."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from meridian.engine.modules import Module
from meridian.engine.modules.registry import modules, sections
from meridian.engine.policies import ANONYMOUS, Actor, Request, policy_of
from meridian.engine.resources import Resource, resources
from meridian.engine.values import resource_name


def frame(request: Request) -> dict[str, Any]:
    """Context processor: the menu holds only what the actor may open."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if not actor.known:
        return {}
    account = {
        "name": actor.label,
        "detail": "",
        "url": settings.ACCOUNT_PAGE_URL,
        "sign_out_url": settings.SIGN_OUT_URL,
    }
    return {"menu": _Menu(request.path, actor), "palette_url": settings.PALETTE_URL, "account": account}


class _Menu:
    """Built when a template asks for it: partial answers and files never do."""

    def __init__(self, path: str, actor: Actor) -> None:
        self.path = path
        self.actor = actor

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for title, entries in _sections(self.actor, get_language() or settings.LANGUAGE_CODE):
            items = [{**entry, "current": self._leads_here(entry["url"])} for entry in entries]
            yield {"title": title, "items": items, "current": any(item["current"] for item in items)}

    def _leads_here(self, url: str) -> bool:
        return self.path == url or (url != "/" and self.path.startswith(url))


@lru_cache(maxsize=256)
def _sections(actor: Actor, language: str) -> tuple[tuple[str, list[dict[str, str]]], ...]:
    """Title and entries of each section for an actor, in the language now in force (`language`)."""
    by_module: dict[str, list[type[Resource]]] = {}
    for resource in resources():
        if resource.in_menu:
            by_module.setdefault(resource.module(), []).append(resource)
    found = []
    for section in sections():
        entries = [
            entry
            for module in modules()
            if module.section == section.name
            for entry in _entries(module, by_module.get(module.name, []), actor)
        ]
        if entries:
            found.append((str(section.title), entries))
    return tuple(found)


def _entries(module: Module, declared: list[type[Resource]], actor: Actor) -> list[dict[str, str]]:
    entries = [
        {"title": str(page.title), "url": reverse(page.url_name), "icon": page.icon}
        for page in module.pages
        if not page.permission or actor.holds(page.permission)
    ]
    for resource in declared:
        if policy_of(resource.model).may(actor, "view"):
            title = str(resource.model._meta.verbose_name_plural)
            url = reverse(f"{resource_name(resource)}-list")
            entries.append({"title": title[:1].upper() + title[1:], "url": url, "icon": resource.icon})
    return entries
