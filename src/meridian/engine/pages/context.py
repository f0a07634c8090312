"""What every page's frame shows: menu, account, notices."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import SECTIONS, Module
from meridian.engine.modules.registry import modules
from meridian.engine.pages.display import resource_name
from meridian.engine.policies import ANONYMOUS, Actor, policy_of
from meridian.engine.resources import Resource, resources

SECTION_TITLES = {
    "desk": _("Service desk"),
    "holdings": _("What we have"),
    "steering": _("What we decide"),
    "insight": _("What we see"),
    "registers": _("Registers"),
    "operation": _("Operation"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
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

    def __iter__(self) -> Any:
        by_module: dict[str, list[type[Resource]]] = {}
        for resource in resources():
            if resource.in_menu:
                by_module.setdefault(resource.module(), []).append(resource)
        for section in SECTIONS:
            items = [
                item
                for module in modules()
                if module.section == section
                for item in self._items(module, by_module.get(module.name, []))
            ]
            if items:
                yield {
                    "title": SECTION_TITLES[section],
                    "items": items,
                    "current": any(item["current"] for item in items),
                }

    def _items(self, module: Module, declared: list[type[Resource]]) -> list[dict[str, Any]]:
        items = [
            self._item(page.title, reverse(page.url_name), page.icon)
            for page in module.pages
            if not page.permission or self.actor.holds(page.permission)
        ]
        for resource in declared:
            if policy_of(resource.model).may(self.actor, "view"):
                title = str(resource.model._meta.verbose_name_plural)
                url = reverse(f"{resource_name(resource)}-list")
                items.append(self._item(title[:1].upper() + title[1:], url, resource.icon))
        return items

    def _item(self, title: Any, url: str, icon: str) -> dict[str, Any]:
        return {
            "title": title,
            "url": url,
            "icon": icon,
            "current": self.path == url or (url != "/" and self.path.startswith(url)),
        }
