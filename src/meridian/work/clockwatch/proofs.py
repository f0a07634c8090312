"""The proof of every count of the report: the clocks that were kept or broken."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.clockwatch.queries.report import BROKEN, GROUPS, KEPT, Asked, judged, of_group
from meridian.work.service_levels.contracts import Kind, Measure


def kept(actor: Actor, arguments: Arguments) -> Proof:
    """How many clocks of a group ended in time, or late, in the days before now."""
    titles = {"met": _("Kept"), "breached": _("Broken")}
    what = arguments.option("what", titles)
    measures, days = dict(Measure.choices), {"30": "30", "90": "90", "365": "365"}
    measure = arguments.option("measure", measures)
    asked = Asked(arguments.option("kind", dict(Kind.choices)), measure, int(arguments.option("days", days)))
    group = arguments.option("by", dict.fromkeys(GROUPS, ""))
    rows = judged(actor, asked, timezone.now()).filter(KEPT if what == "met" else BROKEN)
    rows = of_group(rows, group, arguments.text("key"))
    return Proof(f"{titles[what]} · {measures[measure]}", rows.count(), Added(rows, own=True), moves=True)
