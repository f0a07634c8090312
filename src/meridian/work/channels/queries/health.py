"""How the doors stand: what is fetched, what waits, what fails."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.work.channels.contracts import Arrival, Departure
from meridian.work.channels.models import (
    FailingAddress,
    InboundMail,
    Mailbox,
    MailboxState,
    OutboundMail,
)

LATE_AFTER = timedelta(minutes=5)


class Door(NamedTuple):
    """A mailbox with how its fetching stands: good, late, failing, or only for sending."""

    mailbox: Mailbox
    standing: str
    fetched_at: datetime | None
    fault: str
    failing_since: datetime | None


def doors(actor: Actor) -> list[Door]:
    """Every active mailbox that the actor may see, what fails first."""
    states = {state.mailbox_id: state for state in MailboxState.objects.all()}
    rows = Mailbox.objects.permitted(actor).filter(is_active=True).select_related("team").order_by("address")
    order = ("failing", "late", "never", "good", "sends")
    found = [_door(row, states.get(row.pk)) for row in rows]
    return sorted(found, key=lambda door: order.index(door.standing))


def _door(mailbox: Mailbox, state: MailboxState | None) -> Door:
    if not mailbox.server:
        return Door(mailbox, "sends", None, "", None)
    if state is None or (state.fetched_at is None and not state.fault):
        return Door(mailbox, "never", None, "", None)
    if state.failing_since is not None:
        return Door(mailbox, "failing", state.fetched_at, state.fault, state.failing_since)
    late = state.fetched_at is None or timezone.now() - state.fetched_at > LATE_AFTER
    return Door(mailbox, "late" if late else "good", state.fetched_at, "", None)


class Counts(NamedTuple):
    waiting: int
    queued: int
    failed: int
    failing_addresses: int


def counts(actor: Actor) -> Counts:
    """What waits for somebody, as far as the actor may see it."""
    out = OutboundMail.objects.permitted(actor)
    return Counts(
        InboundMail.objects.permitted(actor).filter(state=Arrival.WAITING).count(),
        out.filter(state=Departure.QUEUED).count(),
        out.filter(state__in=(Departure.FAILED, Departure.BOUNCED)).count(),
        FailingAddress.objects.permitted(actor).count(),
    )
