"""Who may see and work on problems and known errors."""

from typing import ClassVar

from django.db.models import Q
from django.utils import timezone

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.problems.models import KnownError


class ProblemPolicy(Policy):
    """Problems are the team's; giving one to another team may put it out of one's reach."""

    unit = "team__unit__path"
    narrower: ClassVar = {"queue": "view"}
    leaving = frozenset({"assign"})
    inner = "queue"


class KnownErrorPolicy(Policy):
    """Everybody reads what is published; drafts, whoever works on the problem."""

    unit = "problem__team__unit__path"

    def own(self, actor: Actor, action: str) -> Q:
        return (
            Q(state=KnownError.State.PUBLISHED, effective_from__lte=timezone.now())
            if action == "view"
            else NOBODY
        )
