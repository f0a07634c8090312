"""What people say of a clock that ran out: why, and that it doesn't count."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.service_levels.contracts import BreachReason
from meridian.work.service_levels.models import Clock

MOST_CHARACTERS = 300


@command("service_levels.clock.explain", on=Clock, target="row", title=_("say why a clock was late"))
def explain_breach(*, actor: Actor, row: Clock, why: BreachReason, note: str = "") -> Clock:
    """Say why a promise was not kept."""
    if row.breached_at is None:
        raise Untimely(_("This clock has not run out: there is nothing to explain."))
    if why == BreachReason.UNSAID:
        raise Refusal(_("Choose why it was late."), "why")
    row.breach_reason, row.breach_note = BreachReason(why).value, _bounded(note, "note")
    row.save(update_fields=("breach_reason", "breach_note"))
    return row


@command("service_levels.clock.annul", on=Clock, target="row", title=_("leave a clock out of the report"))
def annul_clock(*, actor: Actor, row: Clock, reason: str) -> Clock:
    """Leave the clock out of the report; it is listed there with the reason."""
    if row.annulled_at is not None:
        raise Untimely(_("This clock is left out already: %(reason)s") % {"reason": row.annulled_because})
    if not can_be_seen(reason):
        raise Refusal(_("Say why it doesn't count: the report shows the reason."), "reason")
    row.annulled_at, row.annulled_because = timezone.now(), _bounded(reason, "reason")
    row.save(update_fields=("annulled_at", "annulled_because"))
    return row


@command(
    "service_levels.clock.reinstate", on=Clock, target="row", title=_("take a clock into the report again")
)
def reinstate_clock(*, actor: Actor, row: Clock) -> Clock:
    """Take the clock into the report again."""
    if row.annulled_at is None:
        raise Untimely(_("This clock is in the report."))
    row.annulled_at, row.annulled_because = None, ""
    row.save(update_fields=("annulled_at", "annulled_because"))
    return row


def _bounded(text: str, field: str) -> str:
    said = text.strip()
    if len(said) > MOST_CHARACTERS:
        raise Refusal(_("Say it in at most %(most)d characters.") % {"most": MOST_CHARACTERS}, field)
    return said
