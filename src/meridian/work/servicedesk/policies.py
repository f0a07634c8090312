"""Who may see and work on what at the desk."""

from typing import ClassVar

from django.db.models import Exists, OuterRef, Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.items.facade import MergePolicy
from meridian.work.servicedesk.models import Membership, Team, Watcher

VIEW = "servicedesk.workitem.view"


def teams_worked_in(actor: Actor, code: str) -> Q:
    """The teams whose work the actor may do by role: `Q()` for all of them, `NOBODY` for none.

    A role with the permission counts at its units and, wherever it is held, in the teams that
    the actor belongs to.
    """
    paths = actor.unit_paths(code)
    if "" in paths:
        return Q()
    if not paths:
        return NOBODY
    mine = Q(pk__in=Membership.objects.filter(person=actor.person_id).values("team"))
    for path in paths:
        mine |= Q(unit__path__startswith=path)
    return mine


def desk_teams(actor: Actor, code: str) -> Q:
    """The same as a condition on the `team` of a row."""
    mine = teams_worked_in(actor, code)
    return mine if mine in (Q(), NOBODY) else Q(team__in=Team.objects.filter(mine).values("pk"))


class TeamPolicy(Policy):
    """Teams are known to everybody; `queue` is looking at the work of one."""

    unit = "unit__path"
    everyone = frozenset({"view", "export"})

    def rows(self, actor: Actor, action: str) -> Q:
        return teams_worked_in(actor, VIEW) if action == "queue" else super().rows(actor, action)


class MembershipPolicy(Policy):
    """A role counts in the teams that one belongs to: nobody joins one by themself."""

    unit = "team__unit__path"
    everyone = frozenset({"view"})
    fixed = ("person",)

    def gained(self, actor: Actor, action: str) -> Q:
        return Q(person=actor.person_id) if actor.person_id else NOBODY


REQUESTER_ACTIONS = frozenset({"view", "follow", "reply", "confirm", "reopen", "cancel", "attach", "watch"})


class WorkItemPolicy(Policy):
    """A requester sees and follows what they asked for; agents work at their teams and units.

    A watcher may read. `ask` opens an item for oneself and is everybody's; `add` opens one for
    somebody else, for whichever team. `queue` is what the desk sees without what its people
    asked for or watch themselves, `follow` the reverse.
    """

    everyone = frozenset({"ask"})
    narrower: ClassVar = {"queue": "view", "follow": "view"}
    leaving = frozenset({"assign"})
    inner = "queue"

    def rows(self, actor: Actor, action: str) -> Q:
        if action in self.everyone:
            return Q()
        if action == "follow":
            return self.own(actor, action)
        desk = desk_teams(actor, self.code(action))
        if action == "add":
            return NOBODY if desk == NOBODY else Q()
        if desk == Q() or action == "queue":
            return desk
        return _either(desk, self.own(actor, action))

    def own(self, actor: Actor, action: str) -> Q:
        if actor.person_id is None:
            return NOBODY
        asked = Q(requester=actor.person_id) if action in REQUESTER_ACTIONS else NOBODY
        if action not in ("view", "watch"):
            return asked
        return asked | Q(Exists(Watcher.objects.filter(item=OuterRef("pk"), person=actor.person_id)))


def _either(one: Q, other: Q) -> Q:
    """One or the other; `NOBODY` stays itself, which is how it is told that an actor may do nothing."""
    if NOBODY in (one, other):
        return other if one == NOBODY else one
    return one | other


class DeskMergePolicy(MergePolicy):
    unit = "target__team__unit__path"
