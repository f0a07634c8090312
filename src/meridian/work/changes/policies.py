"""Who may see and work on changes."""

from typing import ClassVar

from django.db.models import Exists, OuterRef, Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.engine.records import reference
from meridian.work.changes.models import BoardMember

Approver = reference("approvals.Approver")


class ChangePolicy(Policy):
    """Changes are the team's; whoever asked for one, or is asked to approve it, sees it."""

    unit = "team__unit__path"
    narrower: ClassVar = {"queue": "view"}
    leaving = frozenset({"assign"})
    inner = "queue"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "queue"):
            return NOBODY
        asked = Approver.objects.filter(
            person=actor.person_id,
            step__approval__resource="changes.change",
            step__approval__row_id=OuterRef("pk"),
        )
        return Q(requester=actor.person_id) | Q(Exists(asked))


class MeetingPolicy(Policy):
    """Board members read agenda and minutes."""

    def own(self, actor: Actor, action: str) -> Q:
        if action != "view" or actor.person_id is None:
            return NOBODY
        mine = BoardMember.objects.filter(person=actor.person_id)
        return Q(board__in=mine.values("board"))


class AgendaItemPolicy(Policy):
    """Board members read agenda and minutes."""

    def own(self, actor: Actor, action: str) -> Q:
        if action != "view" or actor.person_id is None:
            return NOBODY
        mine = BoardMember.objects.filter(person=actor.person_id)
        return Q(meeting__board__in=mine.values("board"))
