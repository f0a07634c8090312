"""Whether somebody is asked about an item, and when not."""

from datetime import datetime

from django.utils.translation import gettext as _

from meridian.work.majors.facade import items_of_majors
from meridian.work.servicedesk.facade import Link, WorkItem
from meridian.work.surveys.contracts import CAP
from meridian.work.surveys.models import CallBack, Invitation, QuestionSet
from meridian.work.surveys.rules.sampling import is_drawn


def set_after_items() -> QuestionSet | None:
    """The question set that is asked after requests and incidents, if any."""
    return QuestionSet.objects.filter(occasion=QuestionSet.Occasion.ITEM, in_use=True).first()


def why_not_asked(item: WorkItem, survey: QuestionSet, now: datetime) -> str:
    """Why nobody is asked about this item, in words; empty for one that is asked about."""
    if item.state != "closed" or item.resolution == "cancelled":
        return _("It was not brought to an end with a solution.")
    if item.merged_into_id or Link.objects.filter(source=item, type=Link.Type.DUPLICATE).exists():
        return _("It is the same as another item.")
    if items_of_majors([item.pk]):
        return _("It was part of a major incident, about which nobody is asked singly.")
    if CallBack.objects.filter(task=item).exists():
        return _("It is itself a call-back.")
    if item.assignee_id == item.requester_id:
        return _("Who asked has solved it.")
    if Invitation.objects.filter(item=item).exists():
        return _("It was asked about already.")
    if not is_drawn(survey.code, item.number, survey.chance):
        return _("It was not drawn.")
    if Invitation.objects.filter(person=item.requester_id, made_at__gt=now - CAP).exists():
        return _("The person was asked something in the last 14 days.")
    return ""
