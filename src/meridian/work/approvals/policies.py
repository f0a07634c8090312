"""Who may see, decide and keep approvals."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.approvals.models import Approver
from meridian.work.approvals.queries.standing import in_place_of


class ApprovalPolicy(Policy):
    """Whoever asked and whoever is asked sees it; a role keeps those of its unit."""

    unit = "unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "withdraw"):
            return NOBODY
        mine = Q(requester=actor.person_id)
        if action == "withdraw":
            return mine
        return mine | Q(Exists(_asked(actor.person_id).filter(step__approval=OuterRef("pk"))))


class StepPolicy(Policy):
    """As the approval of the step."""

    unit = "approval__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action != "view":
            return NOBODY
        asked = _asked(actor.person_id).filter(step__approval=OuterRef("approval"))
        return Q(approval__requester=actor.person_id) | Q(Exists(asked))


class ApproverPolicy(Policy):
    """Whoever is asked decides, or who stands in for them; nobody what they asked for themself.

    Others who are asked, and the requester, see who decided what. A role lets nobody decide for others:
    the command asks in whose place it is done.
    """

    unit = "step__approval__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None or action not in ("view", "decide"):
            return NOBODY
        mine = in_place_of(actor.person_id)
        if action == "decide":
            return mine & ~Q(step__approval__requester=actor.person_id)
        asked = _asked(actor.person_id).filter(step__approval=OuterRef("step__approval"))
        return mine | Q(step__approval__requester=actor.person_id) | Q(Exists(asked))


def _asked(person: int) -> QuerySet[Approver]:
    return Approver.objects.filter(in_place_of(person))
