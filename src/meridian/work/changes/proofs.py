"""The proof of the figures of changes."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.changes.models import Change
from meridian.work.changes.queries.figures import failed, figures_of, implemented

SPANS = {"30": 30, "90": 90, "365": 365}


def figures(actor: Actor, arguments: Arguments) -> Proof:
    """Implemented, failed, the change failure rate in per cent, and emergencies, of the last days."""
    titles = {
        "implemented": _("Changes implemented"),
        "failed": _("Changes that failed, were backed out or caused an incident"),
        "rate": _("Change failure rate"),
        "emergency": _("Emergency changes"),
        "lead": _("Median lead time"),
    }
    what = arguments.option("what", titles)
    until = timezone.now()
    since = until - timedelta(days=SPANS[arguments.option("days", SPANS)])
    rows = implemented(Change.objects.permitted(actor), since, until)
    found = figures_of(actor, since, until)
    if what == "rate":
        how = _(
            "Failed ÷ implemented; failed are what failed, was backed out or caused an incident, each once."
        )
        figure = Decimal(str(round(found.failure_percent or 0, 1)))
        wrong = Added(failed(rows), own=True)
        return Proof(titles[what], figure, wrong, "%", 1, how, moves=True, further=(Added(rows, own=True),))
    if what == "lead":
        how = _("The middle of the times from raising a change to the end of its implementation.")
        figure = Decimal(str(round(found.lead_days or 0, 1)))
        return Proof(titles[what], figure, Added(rows, own=True), _("days"), 1, how, moves=True)
    chosen = {"implemented": rows, "failed": failed(rows), "emergency": rows.filter(kind="emergency")}[what]
    return Proof(titles[what], chosen.count(), Added(chosen, own=True), moves=True)
