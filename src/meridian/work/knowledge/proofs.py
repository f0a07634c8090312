"""Proofs of the figures of knowledge: the uses behind deflection and behind what was asked in vain."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.listing.parameters import whole_number
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.engine.search.words import compared
from meridian.work.knowledge.contracts import Way
from meridian.work.knowledge.models import Use
from meridian.work.knowledge.queries.counting import outcomes_since

FIELDS = ("at", "way", "words", "revision", "language")
MOST_DAYS = 400


def deflection(actor: Actor, arguments: Arguments) -> Proof:
    """One of the numbers of deflection: each asking by the use with which it began."""
    titles = {
        "shown": _("Askings that were shown something"),
        "read": _("Askings in which an article was read"),
        "said_solved": _("Askings in which it was said to solve it"),
        "settled": _("Askings with an article read, older than 72 hours"),
        "quiet": _("Askings after which nobody asked within 72 hours"),
        "again": _("Askings after which the desk was asked all the same"),
    }
    what = arguments.option("what", titles)
    keys = [session.key for session in outcomes_since(_since(arguments))[what]]
    rows = Use.objects.filter(asking__in=keys, revision__isnull=False)
    first = rows.order_by("asking", "at", "pk").distinct("asking").values("pk")
    how = _(
        "An asking is what one person does while asking for one thing. It counts once, by its first use."
        " The desk is asked all the same by whoever asked for anything that may be the same within 72 hours."
    )
    return Proof(
        titles[what], len(keys), Added(Use.objects.filter(pk__in=first), fields=FIELDS), how=how, moves=True
    )


def gap(actor: Actor, arguments: Arguments) -> Proof:
    """How often something was asked last in an asking and found nothing."""
    words = arguments.text("words")
    asked = Use.objects.filter(way=Way.ASKED, at__gte=_since(arguments))
    last = asked.order_by("asking", "-at", "-pk").distinct("asking")
    keys = [use.pk for use in last if use.found == 0 and compared(use.words) == compared(words)]
    return Proof(
        _("Asked and not found"),
        len(keys),
        Added(Use.objects.filter(pk__in=keys), fields=FIELDS),
        moves=True,
    )


def _since(arguments: Arguments) -> datetime:
    days = whole_number(arguments.text("days")) or 0
    if not 0 < days <= MOST_DAYS:
        raise Refusal(_("Say of how many days: 1 to 400."), "days")
    return timezone.now() - timedelta(days=days)
