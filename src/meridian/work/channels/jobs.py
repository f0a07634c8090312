"""What the doors do by themselves."""

from meridian.engine.modules.work import queue_job
from meridian.work.channels.commands.fetching import fetch as fetch_mailbox
from meridian.work.channels.commands.sending import send_due, send_now
from meridian.work.channels.models import Mailbox


def fetch_all(timestamp: int) -> None:
    """Every minute let each mailbox be fetched, by whichever worker is free."""
    active = Mailbox.objects.filter(is_active=True).exclude(server="")
    for key in active.order_by("pk").values_list("pk", flat=True):
        queue_job("channels.fetch", mailbox_id=key)


def fetch(mailbox_id: int) -> None:
    """Fetch one mailbox."""
    fetch_mailbox(mailbox_id)


def send(mail_id: int) -> None:
    """Try to send one mail."""
    send_now(mail_id)


def try_again(timestamp: int) -> None:
    """Every minute try what is due: after a failure, or a crash."""
    send_due()
