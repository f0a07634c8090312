"""What every page's frame shows: menu, account, notices."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.pages.menu import short_menu
from meridian.engine.policies import ANONYMOUS, Actor, Request


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
    # The reader's own page of the guide; `tests/test_guides.py` holds that every kind has one.
    own_page = reverse("guide-page", args=(actor.kind,)) if actor.kind else reverse("guide")
    return {
        "menu": _Menu(request.path, actor),
        "palette_url": settings.PALETTE_URL,
        "account": account,
        "footer_links": [{"title": _("Guide"), "url": own_page}],
    }


class _Menu:
    """Built when a template asks for it: partial answers and files never do."""

    def __init__(self, path: str, actor: Actor) -> None:
        self.path = path
        self.actor = actor

    def __iter__(self) -> Iterator[dict[str, Any]]:
        entries = short_menu(self.actor)
        nearest = max((entry.url for entry in entries if self._leads_here(entry.url)), key=len, default="")
        for key, entry in enumerate(entries, start=1):
            here = entry.url == nearest
            yield {"title": entry.title, "url": entry.url, "icon": entry.icon, "current": here, "key": key}

    def _leads_here(self, url: str) -> bool:
        return self.path == url or (url != "/" and self.path.startswith(url))
