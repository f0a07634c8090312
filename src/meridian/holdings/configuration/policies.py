"""Who sees a configuration item: whoever sees what it is."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy, policy_of
from meridian.engine.resources import concerns


class ConfigurationItemPolicy(Policy):
    """The register is everybody's; of it an entry is seen where its row is, which decides about all else."""

    everyone = frozenset({"view", "export"})

    def rows(self, actor: Actor, action: str) -> Q:
        if action not in self.everyone:
            return NOBODY
        seen = {kind: policy_of(found.model).scope(actor, action) for kind, found in concerns().items()}
        if all(scope == Q() for scope in seen.values()):
            return Q()
        condition = NOBODY
        for kind, scope in seen.items():
            if scope == Q():
                condition |= Q(kind=kind)
            elif scope != NOBODY:
                rows = concerns()[kind].model._base_manager.filter(scope).values("pk")
                condition |= Q(kind=kind, row_id__in=rows)
        return condition
