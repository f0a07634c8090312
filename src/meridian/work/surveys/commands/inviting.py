"""Asking somebody about an item that has ended."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.surveys.models import Invitation
from meridian.work.surveys.queries.asking import set_after_items, why_not_asked


@command("surveys.invitation.invite", on=Invitation, action="invite", title=gettext_lazy("ask how it went"))
def invite(*, actor: Actor, item: WorkItem) -> Invitation:
    """Ask whoever asked for an item how it went; refused, with the reason, where nobody is to be asked."""
    survey, now = set_after_items(), timezone.now()
    if survey is None:
        raise Untimely(_("No question set is asked after requests."))
    if why_not := why_not_asked(item, survey, now):
        raise Refusal(why_not)
    return Invitation.objects.create(
        question_set=survey,
        item=item,
        person=item.requester,
        language=item.requester.language or item.language,
        chance=survey.chance,
        made_at=now,
        expires_at=now + timedelta(days=survey.open_days),
    )


@command(
    "surveys.invitation.mark_sent",
    on=Invitation,
    target="rows",
    title=gettext_lazy("note that the question has left"),
)
def mark_sent(*, actor: Actor, rows: list[Invitation]) -> None:
    """Note that these invitations have left."""
    Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=timezone.now())
