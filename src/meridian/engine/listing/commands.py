"""Keeping saved views."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, command, write_row
from meridian.engine.listing.asking import refuse_query
from meridian.engine.listing.models import ListChoice, SavedView
from meridian.engine.policies import Actor


@command("listing.savedview.save", on=SavedView)
def save_view(*, actor: Actor, listing: str, name: str, query: str) -> SavedView:
    """Keep a list's filters under a name; a view of that name is replaced."""
    refuse_query(actor, listing, query)
    view, _made = SavedView.objects.update_or_create(
        account_id=actor.own_account_id,
        listing=listing,
        name=name,
        defaults={"query": query},
    )
    return view


@command("listing.savedview.change", on=SavedView, target="row")
def change_view(*, actor: Actor, row: SavedView, **fields: Any) -> SavedView:
    """Call a view otherwise, or let it ask for something else that its list understands."""
    query = fields.get("query", row.query)
    # One that its list doesn't understand any more can still be given another name.
    if query != row.query:
        refuse_query(actor, row.listing, query)
    return write_row(row, fields)


@command("listing.savedview.share", on=SavedView, target="row")
def share_view(*, actor: Actor, row: SavedView) -> SavedView:
    """Show a view of one's own to everybody."""
    if row.is_shared:
        raise Refusal(_("Everybody sees this view already."))
    row.is_shared = True
    row.save(update_fields=("is_shared",))
    return row


@command("listing.savedview.unshare", on=SavedView, target="row")
def unshare_view(*, actor: Actor, row: SavedView) -> SavedView:
    """Show a view of one's own to nobody else any more."""
    if not row.is_shared:
        raise Refusal(_("You alone see this view already."))
    row.is_shared = False
    row.save(update_fields=("is_shared",))
    return row


@command("listing.listchoice.keep", on=ListChoice, title=gettext_lazy("keep columns and order"))
def keep_choice(*, actor: Actor, listing: str, columns: list[str], sort: str) -> ListChoice:
    """Keep the columns and the order in which the actor wants to see a list."""
    choice, _made = ListChoice.objects.update_or_create(
        account_id=actor.own_account_id, listing=listing, defaults={"columns": columns, "sort": sort}
    )
    return choice


@command("listing.listchoice.remove", on=ListChoice, target="row")
def remove_choice(*, actor: Actor, row: ListChoice) -> None:
    """Show a list as it is for everybody again."""
    row.delete()
