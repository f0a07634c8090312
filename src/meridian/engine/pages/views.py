"""Saved views of a list: one's own, those that others share, and the one that is shown."""

from typing import Any
from urllib.parse import parse_qsl

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.listing.asking import PARAMETER, understood
from meridian.engine.listing.commands import save_view, share_view, unshare_view
from meridian.engine.listing.models import SavedView
from meridian.engine.pages.columns import Shown
from meridian.engine.policies import Request, policy_of
from meridian.engine.values import url_of

LONGEST_QUERY = SavedView._meta.get_field("query").max_length or 0


def views_of(
    request: Request, listing: str, saved: list[SavedView], url: str, faulty: bool
) -> dict[str, Any] | None:
    """The context of `design/partials/saved_views.html`; None for who can keep none and has none."""
    actor = request.actor
    here = _told(request.GET)
    queries = [understood(listing, view.query) for view in saved]
    entries = [
        {
            "title": view.name,
            "url": f"{url}?{view.query}" if view.query else url,
            "broken": query is None,
            "current": query is not None and _told(query) == here,
            "own": view.account_id == actor.account_id,
            "shared": view.is_shared,
            "key": view.pk,
            "manage_url": url_of(view),
        }
        for view, query in zip(saved, queries, strict=True)
    ]
    may_save = actor.account_id is not None and not faulty
    if not entries and not may_save:
        return None
    current = next((entry for entry in entries if entry["current"]), None)
    return {
        "entries": entries,
        "all_url": url,
        "current": current,
        "may_save": may_save and (current is None or not current["own"]),
        "may_share": policy_of(SavedView).may(actor, "share"),
    }


def keep_view(request: Request, listing: str, shown: Shown) -> SavedView:
    """Keep the present filters, order and columns under the posted name."""
    name = request.POST.get("name", "").strip()
    if not name:
        raise Refusal(_("Give the view a name."), "name")
    query = request.GET.copy()
    for passing in ("after", "before"):
        query.pop(passing, None)
    if PARAMETER not in query and not shown.is_usual():
        query[PARAMETER] = ",".join(shown.names)
    text = query.urlencode()
    if len(text) > LONGEST_QUERY:
        raise Refusal(_("These filters are too long to be kept under a name. Take some away."), "name")
    # Who asks for both and may not share is refused: then nothing is kept either.
    with transaction.atomic():
        view = save_view(actor=request.actor, listing=listing, name=name, query=text)
        if "shared" in request.POST and not view.is_shared:
            share_view(actor=request.actor, row=view)
    return view


def turn_sharing(request: Request, listing: str) -> SavedView:
    """Show one of one's own views to everybody, or to nobody else any more."""
    key = request.POST.get("view", "")
    found = SavedView.objects.permitted(request.actor).filter(listing=listing)
    view = found.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if view is None:
        raise Unseen(_("There is no such view, or it is not yours."))
    turn = unshare_view if view.is_shared else share_view
    return turn(actor=request.actor, row=view)


def _told(query: QueryDict) -> list[tuple[str, str]]:
    """What a query asks for, whatever the order of its parts; pages of a list are the same view."""
    return sorted(pair for pair in parse_qsl(query.urlencode()) if pair[0] not in ("after", "before"))
