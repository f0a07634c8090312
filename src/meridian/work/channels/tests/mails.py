"""Mails as tests write them, and a desk with a mailbox."""

from dataclasses import dataclass
from email.message import EmailMessage
from itertools import count
from typing import Any

from house import jobs
from house.factory import MAKER, make

from meridian.engine.policies import Actor, Grant
from meridian.work.channels.commands.intake import take_in
from meridian.work.channels.models import InboundMail, Mailbox, OutboundMail
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import SmallDesk, small_desk

_count = count(1)


@dataclass(frozen=True)
class Post:
    """A small desk with its mailbox."""

    desk: SmallDesk
    mailbox: Mailbox

    @property
    def agent(self) -> Actor:
        """Somebody who works at the desk and decides of its mail."""
        person = self.desk.agent
        return Actor(person.pk, person.pk, str(person), (Grant(frozenset({"*"})),))

    def take(self, raw: bytes) -> InboundMail:
        """What the house makes of a mail that comes."""
        return take_in(actor=MAKER, mailbox=self.mailbox, raw=raw)

    def write(self, text: str = "The link is down.", **headers: Any) -> InboundMail:
        return self.take(mail(text, sender=self.desk.requester.email, **headers))

    def letters(self) -> list[OutboundMail]:
        """What was written to people since, in order, after everybody was told."""
        jobs.react()
        return list(OutboundMail.objects.order_by("pk"))


def some_post() -> Post:
    desk = small_desk()
    address = f"desk{next(_count)}@desk.example"
    box = make(
        Mailbox, address=address, name="First desk", team=desk.desk, server="mail.example", is_main=True
    )
    return Post(desk, box)


def mail(
    text: str = "The link is down.", *, sender: str, subject: str = "No network", **headers: Any
) -> bytes:
    """A plain mail as a program writes it; `headers` with `_` for `-`, None takes one out."""
    message = EmailMessage()
    given = {
        "From": sender,
        "To": "desk@desk.example",
        "Subject": subject,
        "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
        "Message-ID": f"<m{next(_count)}@people.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in given.items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return bytes(message)


def item_of(row: InboundMail) -> WorkItem:
    """The item of a mail as it stands now."""
    assert row.item_id is not None, (row.state, row.why, row.remark)
    return WorkItem.objects.get(pk=row.item_id)
