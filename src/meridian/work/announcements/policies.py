"""Who reads which announcement, and who keeps them."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.announcements.models import Announcement
from meridian.work.announcements.queries import addressed_to, out


class AnnouncementPolicy(Policy):
    """Everybody reads what is out and meant for them; drafts and what was withdrawn, who keeps them."""

    def own(self, actor: Actor, action: str) -> Q:
        return out() & addressed_to(actor.person_id) if action == "view" else NOBODY


class RecipientPolicy(Policy):
    """Each acknowledges for themself alone; who keeps announcements sees who has."""

    others_keep = "Whoever publishes an announcement answers for who has read it."
    fixed = ("account", "announcement")

    def own(self, actor: Actor, action: str) -> Q:
        if actor.account_id is None or action not in ("view", "acknowledge"):
            return NOBODY
        return Q(account=actor.account_id)


class AudiencePolicy(Policy):
    """Whoever reads an announcement sees for whom it is."""

    def own(self, actor: Actor, action: str) -> Q:
        if action != "view":
            return NOBODY
        mine = Announcement.objects.filter(out() & addressed_to(actor.person_id))
        return Q(announcement__in=mine.values("pk"))
