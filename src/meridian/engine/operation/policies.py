"""The trail is read by those who answer for it, and by nobody else."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, OwnPolicy, Policy, policy_of
from meridian.engine.resources import resources


class TrailPolicy(Policy):
    """Only a role held everywhere opens the trail: its rows belong to no unit."""


class ChangePolicy(TrailPolicy):
    """What changed in a row is read by whoever may see the row; that something was done, by all who
    read the trail. What is gone is read by whoever sees every row of its kind."""

    def rows(self, actor: Actor, action: str) -> Q:
        trail = super().rows(actor, action)
        if trail == NOBODY:
            return trail
        narrowed = {
            found.model: policy_of(found.model).scope(actor, "view") for found in resources() if found.audited
        }
        narrowed = {model: rows for model, rows in narrowed.items() if rows != Q()}
        if not narrowed:
            return trail
        seen = ~Q(table__in=[model._meta.db_table for model in narrowed])
        for model, rows in narrowed.items():
            if rows != NOBODY:
                keys = model._base_manager.filter(rows).values("pk")
                seen |= Q(table=model._meta.db_table, row_id__in=keys)
        return trail & seen


class ErrandPolicy(OwnPolicy):
    """Errands are their owner's alone; a token has only those that a token of no wider scopes asked for.

    What an errand tells, and the file that it leaves, was read with the scopes with which it was asked.
    """

    owner_may = frozenset({"view", "ask", "stop"})

    def own(self, actor: Actor, action: str) -> Q:
        mine = super().own(actor, action)
        # One that a person asked for at a page has no scopes, and so lies within those of no token.
        return mine if actor.scopes is None else mine & Q(scopes__contained_by=sorted(actor.scopes))
