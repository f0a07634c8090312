"""Proofs of the figures on the world view."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.insight.world.queries import world_at
from meridian.work.deskwatch.facade import open_work_of_desks, service_desks

DESKS = {"awake": ("open", "closing"), "closing": ("closing",)}
WORK = ("waiting", "in_hand")


def desks(actor: Actor, arguments: Arguments) -> Proof:
    """How many desks are open, or about to hand over: `state` is awake or closing."""
    titles = {"awake": _("Desks open"), "closing": _("Desks about to hand over")}
    state = arguments.option("state", titles)
    marks = [desk for desk in world_at(timezone.now(), actor).desks if desk.state in DESKS[state]]
    rows = service_desks().filter(pk__in=[desk.team for desk in marks])
    how = _("A desk counts by its calendar at this minute.")
    return Proof(titles[state], len(marks), Added(rows), how=how, moves=True)


def work(actor: Actor, arguments: Arguments) -> Proof:
    """How many items wait or are in hand at all desks, or at the desk with the code `team`."""
    titles = {"waiting": _("Items waiting"), "in_hand": _("Items in hand")}
    what, team = arguments.option("what", titles), arguments.text("team")
    rows = open_work_of_desks(in_hand=what == "in_hand")
    title = titles[what]
    if team:
        codes = {desk.code: desk.name for desk in world_at(timezone.now(), actor).desks}
        title = f"{title} · {codes[arguments.option('team', codes)]}"
        rows = rows.filter(team__code=team)
    return Proof(title, rows.count(), Added(rows))
