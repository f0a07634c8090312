"""What a report of delivery (RFC 3464) changes: the address, and the mail that came back. Never the item."""

from meridian.engine.mail_reading.reading import Mail
from meridian.work.channels.contracts import Departure
from meridian.work.channels.models import FailingAddress, InboundMail, OutboundMail
from meridian.work.channels.rules.automatic import Undelivered, returned_ids, undelivered


def note_report(mail: Mail, row: InboundMail) -> None:
    """Attach a report to the mail that it is about. A report of a mail that never left changes nothing:
    anybody can write one."""
    left = OutboundMail.objects.filter(message_id__in=list(returned_ids(mail))[:50]).first()
    if left is None:
        return
    row.item = left.item
    row.save(update_fields=("item",))
    for told in undelivered(mail):
        if told.address == left.address.lower() and told.failed:
            _come_back(left, told)


def _come_back(left: OutboundMail, told: Undelivered) -> None:
    left.state = Departure.BOUNCED
    left.remark = f"{told.status} {told.said}".strip()
    left.save(update_fields=("state", "remark"))
    if told.for_good:
        mark_failing(left.address, told.status, told.said)


def mark_failing(address: str, status: str, said: str) -> None:
    """Note that an address takes no mail; inside a command."""
    FailingAddress.objects.get_or_create(
        address=address.lower(), defaults={"status": status[:12], "said": said[:300]}
    )
