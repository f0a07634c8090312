"""Mailboxes, what came in by them, and what leaves."""

from meridian.work.channels.models.inbound import InboundMail
from meridian.work.channels.models.mailboxes import Mailbox, MailboxState
from meridian.work.channels.models.outbound import FailingAddress, OutboundMail

__all__ = [
    "FailingAddress",
    "InboundMail",
    "Mailbox",
    "MailboxState",
    "OutboundMail",
]
