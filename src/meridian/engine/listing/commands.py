"""Keeping saved views."""

from meridian.engine.commands import command
from meridian.engine.listing.models import SavedView
from meridian.engine.policies import Actor


@command("listing.savedview.save", on=SavedView)
def save_view(*, actor: Actor, listing: str, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Keep a list's filters under a name; a view of that name is replaced."""
    view, _made = SavedView.objects.update_or_create(
        account_id=actor.own_account_id,
        listing=listing,
        name=name,
        defaults={"query": query, "is_shared": is_shared},
    )
    return view
