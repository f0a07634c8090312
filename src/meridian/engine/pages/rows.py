"""Finding the row that an address names, as the actor may see it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.commands import Conflict, Unpermitted, Unseen
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource

# A version is a positive whole number of at most ten digits.
MOST_DIGITS = 10
NO_VERSION = 0


def visible_row(resource: type[Resource], actor: Actor, key: int) -> Any:
    """The row, one of the model's, or `Unseen`; strangers get `Unpermitted`, which asks them to sign in."""
    if not actor.known and not policy_of(resource.model).public:
        raise Unpermitted(_("Sign in to see this."))
    rows = permitted_rows(resource.model, actor, "view").select_related(*resource.related)
    row = rows.filter(pk=key).first()
    if row is None:
        raise Unseen(_("There is no such row, or it is not yours to see."))
    return row


def may_do(resource: type[Resource], actor: Actor, action: str, row: models.Model) -> bool:
    """Whether the actor may do this to this row."""
    if not policy_of(resource.model).may(actor, action):
        return False
    return permitted_rows(resource.model, actor, action).filter(pk=row.pk).exists()


def shown_version(request: Request) -> int | None:
    """The version of the row that the sent form was made from; None when the form names none.

    What is no version is that of no row: the change is a conflict, not one without a check.
    """
    text = request.POST.get("version", "")
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else NO_VERSION


def made_from(request: Request, row: models.Model | None, conflict: Conflict | None) -> str:
    """What the form says of the version that it was made from: of one that is sent back for anything
    but a conflict, the version that it had, for what happened since was not shown."""
    if row is None or not hasattr(row, "version"):
        return ""
    if request.method == "POST" and conflict is None:
        return str(request.POST.get("version", ""))
    return str(row.version)
