"""Which incidents a problem caused, and what rises among incidents."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.work.problems.commands.log import record, require_verb, said
from meridian.work.problems.commands.working import open_problem
from meridian.work.problems.contracts import EventType, Origin
from meridian.work.problems.models import AttachedIncident, Candidate, Problem
from meridian.work.problems.models.references import ConfigurationItem
from meridian.work.problems.queries.candidates import incidents_of, rising
from meridian.work.servicedesk.facade import Category, Team, WorkItem

MOST_ATTACHED = 200


@command("problems.problem.attach", on=Problem, target="item")
def attach_incident(*, actor: Actor, item: Problem, incident: WorkItem) -> Problem:
    """Say that this problem caused an incident."""
    require_verb(actor, item, "attach")
    _made, is_new = AttachedIncident.objects.get_or_create(problem=item, incident=incident)
    if not is_new:
        raise Refusal(
            _("%(number)s is attached to this problem already.") % {"number": incident.number}, "incident"
        )
    return record(actor, item, EventType.ATTACHED, item=incident.number)


@command("problems.problem.detach", on=Problem, target="item")
def detach_incident(*, actor: Actor, item: Problem, incident: WorkItem) -> Problem:
    """Say that an incident has another cause."""
    require_verb(actor, item, "detach")
    count, _rows = AttachedIncident.objects.filter(problem=item, incident=incident).delete()
    if not count:
        raise Refusal(
            _("%(number)s is not attached to this problem.") % {"number": incident.number}, "incident"
        )
    return record(actor, item, EventType.DETACHED, item=incident.number)


@command("problems.candidate.find", on=Candidate, title=_("look for problems among incidents"))
def find_candidates(*, actor: Actor, on: date) -> list[Candidate]:
    """Note what rises among the incidents of the week before the day `on`, once a day.

    What is an open problem's already, or was dismissed within the four weeks before, is not found again.
    """
    found = [
        Candidate(
            basis=one.basis, mark=one.mark, recent_count=one.recent, before_count=one.before, found_on=on
        )
        for one in rising(on)
    ]
    made: list[Candidate] = Candidate.objects.bulk_create(found)
    return made


@command("problems.candidate.take_up", on=Candidate, target="row")
def take_up(*, actor: Actor, row: Candidate, team: Team, title: str = "") -> Candidate:
    """Log a problem of what rises, with its incidents of the last week attached."""
    _refuse_decided(row)
    words = title.strip() or _("%(mark)s: incidents rise") % {"mark": row.mark}
    category = (
        Category.objects.filter(code=row.mark).first() if row.basis == Candidate.Basis.CATEGORY else None
    )
    things = ConfigurationItem.objects.filter(reference=row.mark)
    thing = things.first() if row.basis == Candidate.Basis.THING else None
    changes: dict[str, Any] = {
        "title": str(words)[:200],
        "team": team,
        "category": category,
        "concerns": thing,
    }
    problem = open_problem(actor, changes, {"origin": Origin.PROACTIVE.value, "language": "en"}, "")
    seen = WorkItem.objects.permitted(actor, "queue")
    incidents = (
        incidents_of(row).filter(pk__in=seen.values("pk")).order_by("-opened_at", "-pk")[:MOST_ATTACHED]
    )
    AttachedIncident.objects.bulk_create(
        AttachedIncident(problem=problem, incident=incident) for incident in incidents
    )
    row.state, row.problem = Candidate.State.TAKEN, problem
    row.save(update_fields=("state", "problem"))
    return row


@command("problems.candidate.dismiss", on=Candidate, target="row")
def dismiss(*, actor: Actor, row: Candidate, dismissal: str) -> Candidate:
    """Say why it is no problem; it is not found again for four weeks."""
    _refuse_decided(row)
    row.dismissal = said(dismissal, "dismissal", _("Say why this is no problem."))[:300]
    row.state = Candidate.State.DISMISSED
    row.save(update_fields=("state", "dismissal"))
    return row


def _refuse_decided(row: Candidate) -> None:
    if row.state != Candidate.State.FOUND:
        raise Untimely(_("This was decided already: it is “%(state)s”.") % {"state": row.get_state_display()})
