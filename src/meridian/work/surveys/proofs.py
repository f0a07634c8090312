"""Proofs of how many were asked and answered about requests in a month."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.surveys.contracts import LEAST_SHOWN
from meridian.work.surveys.models import Invitation
from meridian.work.surveys.queries.months import bounds_of, months

FIELDS = ("question_set", "item", "language", "chance", "made_at")


def asked(actor: Actor, arguments: Arguments) -> Proof:
    """How many were asked, or answered, about requests in a month: `what` says which."""
    titles = {"asked": _("Asked about requests"), "answered": _("Answered about requests")}
    what = arguments.option("what", titles)
    month = arguments.option("month", dict.fromkeys(months(timezone.now())))
    since, until = bounds_of(month)
    rows = Invitation.objects.filter(item__isnull=False, sent_at__gte=since, sent_at__lt=until)
    if what == "answered":
        rows = rows.filter(answer__isnull=False)
        if 0 < rows.count() < LEAST_SHOWN:
            raise Unseen(_("So few have answered that a number would tell of somebody."))
    return Proof(f"{titles[what]} · {month}", rows.count(), Added(rows, fields=FIELDS), moves=True)
