"""Swaps: asked by whose shift it is, answered by who is to take it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.shifts.commands.materialising import rebuild
from meridian.work.shifts.commands.rotations import refuse_stranger
from meridian.work.shifts.events import SwapAnswered, SwapAsked
from meridian.work.shifts.models import Absence, Shift, Swap

Person = reference("people.Person")


@command("shifts.shift.swap", on=Shift, target="row")
def ask_swap(*, actor: Actor, row: Shift, taker: Person, note: str = "") -> Swap:
    """Ask a colleague to take this shift over, or what is left of it. It stays yours until they accept."""
    now = timezone.now()
    if row.end_at <= now:
        raise Untimely(_("This shift is over."))
    start_at = max(row.start_at, now.replace(second=0, microsecond=0))
    refuse_stranger(row.team_id, taker.pk, "taker")
    if taker.pk == row.person_id:
        raise Refusal(_("This shift is theirs already: choose somebody else."), "taker")
    _refuse_busy(taker.pk, start_at, row.end_at, "taker")
    open_swaps = Swap.objects.filter(giver=row.person_id, team=row.team_id, state=Swap.State.ASKED)
    if open_swaps.filter(start_at__lt=row.end_at, end_at__gt=start_at).exists():
        raise Untimely(_("Somebody is asked for this shift already: withdraw that first."))
    swap = Swap.objects.create(
        team_id=row.team_id,
        giver_id=row.person_id,
        taker=taker,
        start_at=start_at,
        end_at=row.end_at,
        note=note,
    )
    publish(SwapAsked(swap.pk, swap.giver_id, swap.taker_id, swap.start_at, swap.end_at))
    return swap


@command("shifts.swap.accept", on=Swap, target="row")
def accept_swap(*, actor: Actor, row: Swap) -> Swap:
    """Take the shift over: from now on it is yours."""
    _require_asked(row)
    _refuse_busy(row.taker_id, row.start_at, row.end_at, "")
    gone = Shift.objects.filter(team=row.team_id, person=row.giver_id)
    if not gone.filter(start_at__lt=row.end_at, end_at__gt=row.start_at).exists():
        raise Untimely(_("The roster has changed meanwhile: nobody gives this shift any more."))
    return _answered(row, Swap.State.ACCEPTED)


@command("shifts.swap.refuse", on=Swap, target="row")
def refuse_swap(*, actor: Actor, row: Swap) -> Swap:
    """Leave the shift with whose it is."""
    _require_asked(row)
    return _answered(row, Swap.State.REFUSED)


@command("shifts.swap.withdraw", on=Swap, target="row")
def withdraw_swap(*, actor: Actor, row: Swap) -> Swap:
    """Ask no longer."""
    _require_asked(row)
    row.state = Swap.State.WITHDRAWN
    row.save()
    return row


def _answered(row: Swap, state: Swap.State) -> Swap:
    row.state, row.answered_at = state, timezone.now()
    row.save()
    if state == Swap.State.ACCEPTED:
        rebuild(row.team_id)
    publish(SwapAnswered(row.pk, row.giver_id, row.taker_id, row.state, row.start_at, row.end_at))
    return row


def _require_asked(row: Swap) -> None:
    if row.state != Swap.State.ASKED:
        raise Untimely(_("This swap is %(state)s already.") % {"state": row.get_state_display()})
    if row.end_at <= timezone.now():
        raise Untimely(_("This shift is over."))


def _refuse_busy(person: int, start_at: datetime, end_at: datetime, field: str) -> None:
    """Refuse who works or is away at some of the time."""
    meets = {"person": person, "start_at__lt": end_at, "end_at__gt": start_at}
    if Shift.objects.filter(**meets).exists():
        raise Refusal(_("They are on duty at that time already: choose somebody else."), field)
    if Absence.objects.filter(**meets).exists():
        raise Refusal(_("They are away at that time: choose somebody else."), field)
