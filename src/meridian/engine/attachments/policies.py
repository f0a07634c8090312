"""A file is seen by whoever sees the row beside which it lies."""

from django.db.models import Model, Q

from meridian.engine.attachments.models import Attachment
from meridian.engine.modules.registry import offers_to
from meridian.engine.policies import NOBODY, Actor, Policy, policy_of
from meridian.engine.resources import resources


def follows(actor: Actor, file: Attachment) -> bool:
    """Whether the actor may read a file though its row is not theirs to see, such as after a merge.

    The module of the row says so by `Offer("file_reader", ...)`.
    """
    return any(given.function(actor, file) for given in offers_to("file_reader", file.resource))


class AttachmentPolicy(Policy):
    """No role reaches files but by their rows: internal ones by the right of those who keep the row.

    Who attached a file may take it away, and who may `change` the row.
    """

    def rows(self, actor: Actor, action: str) -> Q:
        if actor.account_id is None:
            return super().rows(actor, action)
        condition = NOBODY
        for resource in resources():
            if "attachments" in resource.abilities:
                condition |= _beside(resource.model, actor, action)
        return condition


def _beside(model: type[Model], actor: Actor, action: str) -> Q:
    here = Q(resource=model._meta.label_lower)
    if action in ("view", "export"):
        shown = here & _rows(model, actor, "view")
        inner = policy_of(model).inner
        return (
            shown if inner == "view" else (shown & Q(is_internal=False)) | (here & _rows(model, actor, inner))
        )
    if action == "add":
        return here & _rows(model, actor, "attach")
    if action == "remove":
        mine = here & _rows(model, actor, "attach") & Q(attached_account=actor.account_id)
        return mine | (here & _rows(model, actor, "change"))
    return NOBODY


def _rows(model: type[Model], actor: Actor, action: str) -> Q:
    rows = policy_of(model).scope(actor, action)
    if rows in (Q(), NOBODY):
        return rows
    return Q(row_id__in=model._base_manager.filter(rows).values("pk"))
