"""The trail is read by those who answer for it, and by nobody else."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy, policy_of
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
