"""A file is seen by whoever sees the row beside which it lies."""

from django.db.models import Q

from meridian.engine.policies import Actor, Policy, policy_of
from meridian.engine.resources import resources


class AttachmentPolicy(Policy):
    def rows(self, actor: Actor, action: str) -> Q:
        condition = super().rows(actor, action)
        if action not in ("view", "add", "remove") or condition == Q():
            return condition
        row_action = "view" if action == "view" else "attach"
        for resource in resources():
            if "attachments" in resource.abilities:
                rows = resource.model._base_manager.filter(policy_of(resource.model).scope(actor, row_action))
                condition |= Q(resource=resource.model._meta.label_lower, row_id__in=rows.values("pk"))
        return condition
