"""Who writes, and how often of late."""

from datetime import datetime, timedelta

from meridian.work.channels.contracts import Arrival, Automatic, Departure
from meridian.work.channels.models import InboundMail, Mailbox, OutboundMail
from meridian.work.channels.models.references import Person

# A machine without a mark answers at once; a person needs longer to read a receipt and ask anew.
MACHINES_ANSWER_WITHIN = timedelta(minutes=15)
MOST_AN_HOUR = 30


def person_of(address: str) -> Person | None:
    """Whose address this is."""
    return Person.objects.filter(email__iexact=address).order_by("pk").first() if address else None


def own_addresses() -> frozenset[str]:
    """The addresses of every desk, in lower case."""
    return frozenset(address.lower() for address in Mailbox.objects.values_list("address", flat=True))


def repeats(sender: str, said: str, now: datetime) -> bool:
    """Whether the sender has said just this within a day, as absence notices do."""
    day = InboundMail.objects.filter(sender=sender, arrived_at__gte=now - timedelta(days=1))
    return bool(said) and day.filter(said=said).exists()


def writes_too_often(sender: str, now: datetime) -> bool:
    """Whether more mail came from an address within an hour than a person writes."""
    hour = InboundMail.objects.filter(
        sender=sender, arrived_at__gte=now - timedelta(hours=1), automatic=Automatic.NONE
    )
    return hour.exclude(state=Arrival.DROPPED).count() >= MOST_AN_HOUR


def was_just_written_to(address: str, now: datetime) -> bool:
    """Whether a receipt left for this address so lately that what comes may be a machine's answer to it."""
    lately = OutboundMail.objects.filter(address=address, queued_at__gte=now - MACHINES_ANSWER_WITHIN)
    return lately.filter(letter__in=("receipt", "refused")).exclude(state=Departure.WITHHELD).exists()
