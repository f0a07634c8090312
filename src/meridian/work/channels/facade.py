"""The door of the channels for other modules."""

from meridian.work.channels.commands.intake import take_in
from meridian.work.channels.commands.writing import Draft, write_mail
from meridian.work.channels.models import InboundMail, Mailbox, OutboundMail

__all__ = ["Draft", "InboundMail", "Mailbox", "OutboundMail", "take_in", "write_mail"]
