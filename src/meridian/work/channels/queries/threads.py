"""To which item a mail belongs, and who may write on it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from meridian.engine.mail_reading.reading import Mail
from meridian.engine.policies import system_actor
from meridian.work.channels.models import InboundMail, OutboundMail
from meridian.work.channels.models.references import WorkItem
from meridian.work.channels.rules.threads import numbers_by_token, numbers_in
from meridian.work.servicedesk.facade import WorkEvent, audience_of, find_item

HOUSE = system_actor("Mail")
MOST_REFERENCES = 50
REOPENINGS_AN_HOUR = 3


class Thread(NamedTuple):
    """An item that a mail is about, and what says so: reference, token or number."""

    item: WorkItem
    by: str


def thread_of(mail: Mail) -> Thread | None:
    """The item of a mail: by what it answers, by the token that the desk's mails carry, by a number in its
    subject, old numbers too. None begins something new."""
    item = item_answered(mail.answers)
    if item is not None:
        return Thread(item, "reference")
    for number in numbers_by_token(settings.SECRET_KEY, f"{mail.subject}\n{mail.text}"):
        if (item := find_item(HOUSE, number)) is not None:
            return Thread(item, "token")
    for number in numbers_in(mail.subject):
        if (item := find_item(HOUSE, number)) is not None:
            return Thread(item, "number")
    return None


def item_answered(answers: tuple[str, ...] | list[str]) -> WorkItem | None:
    """The item of the mails that these message ids name, whether they came or left; the latest counts."""
    asked = list(answers)[-MOST_REFERENCES:]
    if not asked:
        return None
    left = OutboundMail.objects.filter(message_id__in=asked, item__isnull=False).order_by("-pk")
    came = InboundMail.objects.filter(message_id__in=asked, item__isnull=False).order_by("-pk")
    for rows in (left, came):
        if (number := rows.values_list("item__number", flat=True).first()) is not None:
            return find_item(HOUSE, number)
    return None


class Part(NamedTuple):
    """In what part somebody writes on an item."""

    asks: bool
    follows: bool


def part_of(person: int, item: WorkItem) -> Part:
    """Whether a person asked for the item, or follows it or works on it."""
    audience = audience_of(item.pk)
    follows = person in audience.watchers or person in audience.agents or person == audience.assignee
    return Part(person == audience.requester, follows)


def is_reopened_too_often(item: WorkItem, now: datetime) -> bool:
    """Whether the item came back so often within an hour that a person should look at it."""
    lately = WorkEvent.objects.filter(item=item, type="reopened", at__gte=now - timedelta(hours=1))
    return lately.count() >= REOPENINGS_AN_HOUR
