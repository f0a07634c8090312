"""Who is asked, who reads answers, and who reads nobody's."""

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy


class InvitationPolicy(Policy):
    """One's own invitations; those about items of a team by role at its unit.

    Whom a campaign drew is for nobody but Meridian itself at work.
    """

    unit = "item__team__unit__path"
    fixed = ("question_set", "campaign", "item", "person")

    def rows(self, actor: Actor, action: str) -> Q:
        if action == "answer" and actor.account_id is not None:
            return self.own(actor, action)
        return _about_items(actor, super().rows(actor, action), "item", self.own(actor, action))

    def own(self, actor: Actor, action: str) -> Q:
        mine = action in ("view", "answer") and actor.person_id is not None
        return Q(person=actor.person_id) if mine else NOBODY


class AnswerPolicy(Policy):
    """One's own answers; those about items by role at the unit of the team, which acts on them.

    An answer in a campaign is read by whoever gave it and by nobody else, whatever their role.
    """

    unit = "invitation__item__team__unit__path"
    fixed = ("invitation",)

    def rows(self, actor: Actor, action: str) -> Q:
        mine = self.own(actor, action)
        return _about_items(actor, super().rows(actor, action), "invitation__item", mine)

    def own(self, actor: Actor, action: str) -> Q:
        mine = action == "view" and actor.person_id is not None
        return Q(invitation__person=actor.person_id) if mine else NOBODY


class CallBackPolicy(Policy):
    """The desk of the team whose item was scored sees its call-backs."""

    unit = "task__team__unit__path"


def _about_items(actor: Actor, condition: Q, item: str, mine: Q) -> Q:
    """A role reaches what is about items alone; `mine` is one's own in any case."""
    if condition == NOBODY or actor.account_id is None:
        return condition
    about_items = condition & Q(**{f"{item}__isnull": False})
    return about_items if mine == NOBODY else about_items | mine
