"""Finding the row that an address names, as the actor may see it."""

from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.commands import Unpermitted, Unseen
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import Resource


def visible_row(resource: type[Resource], actor: Actor, key: int) -> models.Model:
    """The row, or `Unseen`; strangers get `Unpermitted`, which asks them to sign in."""
    if not actor.known and not policy_of(resource.model).public:
        raise Unpermitted(_("Sign in to see this."))
    rows = resource.model._default_manager.permitted(actor, "view").select_related(*resource.related)
    row = rows.filter(pk=key).first()
    if row is None:
        raise Unseen(_("There is no such row, or it is not yours to see."))
    return row


def may_do(resource: type[Resource], actor: Actor, action: str, row: models.Model) -> bool:
    """Whether the actor may do this to this row."""
    if not policy_of(resource.model).may(actor, action):
        return False
    return resource.model._default_manager.permitted(actor, action).filter(pk=row.pk).exists()
