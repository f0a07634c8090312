"""Who may see and lead major incidents."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.majors.models import ROLES

LEADING = frozenset(
    {
        "view",
        "change",
        "inform",
        "hold_together",
        "let_go",
        "resolve_together",
        "stand_down",
        "call_again",
        "review",
    }
)


class MajorIncidentPolicy(Policy):
    """Whoever works at the team of the incident, and the three who lead, wherever they are."""

    unit = "incident__team__unit__path"
    leaving = frozenset({"change"})

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in LEADING:
            return NOBODY
        found = Q()
        for role in ROLES:
            found |= Q(**{role: actor.person_id})
        return found
