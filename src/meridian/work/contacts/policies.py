"""Who takes contacts, and who sees them."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy


class ContactPolicy(Policy):
    """Contacts belong to the team that took them; whoever took one sees and ends it."""

    unit = "team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        mine = actor.person_id is not None and action in ("view", "solve", "open_item", "put_on", "end")
        return Q(agent=actor.person_id) if mine else NOBODY
