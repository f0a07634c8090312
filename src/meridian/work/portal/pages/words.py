"""What the portal says of a request, in words for whoever asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Unseen
from meridian.engine.figures import instant_text
from meridian.engine.policies import Actor
from meridian.work.servicedesk import facade as desk

STANDINGS: Mapping[str, Promise] = {
    "new": gettext_lazy("The desk has it"),
    "assigned": gettext_lazy("Somebody will look into it"),
    "in_progress": gettext_lazy("Being worked on"),
    "on_hold": gettext_lazy("Waiting"),
    "resolved": gettext_lazy("Solved? Please confirm"),
    "closed": gettext_lazy("Done"),
    "cancelled": gettext_lazy("Cancelled"),
}
TURNS: Mapping[str, Promise] = {
    "opened": gettext_lazy("opened this"),
    "started": gettext_lazy("began to work on it"),
    "held": gettext_lazy("put it on hold"),
    "resumed": gettext_lazy("went on with it"),
    "resolved": gettext_lazy("gave the solution"),
    "confirmed": gettext_lazy("confirmed the solution"),
    "reopened": gettext_lazy("reopened this"),
    "closed": gettext_lazy("closed this"),
    "cancelled": gettext_lazy("cancelled this"),
    "merged": gettext_lazy("put this together with what others reported"),
    "unmerged": gettext_lazy("took this apart again from what others reported"),
}


def told(rows: Iterable[Any], reader: int | None) -> list[dict[str, Any]]:
    """What was said, and the turns that concern whoever asked; nothing of who was given what."""
    return [_told(row, reader) for row in rows if row.text or row.type in TURNS]


def _told(row: Any, reader: int | None) -> dict[str, Any]:
    return {
        "who": f"{row.given_name} {row.family_name}" if row.given_name else _("Meridian"),
        "what": str(TURNS.get(row.type, "")) or _("wrote"),
        "at": instant_text(row.at),
        "instant": row.at.isoformat(),
        "body": row.text,
        "language": row.language,
        "mine": row.actor is not None and row.actor == reader,
    }


def shown_request(actor: Actor, number: str) -> Any:
    """The item of this number as the actor may see it; `Unseen` otherwise."""
    item = desk.find_item(actor, number)
    if item is None:
        raise Unseen(_("There is no item %(number)s, or it is not yours to see.") % {"number": number})
    return item
