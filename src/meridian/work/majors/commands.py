"""Leading a major incident: declared, told of in time, resolved with all that hangs on it, reviewed."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command, write_row
from meridian.engine.events import publish
from meridian.engine.numbering import Series, next_number
from meridian.engine.policies import Actor
from meridian.work.items.facade import bounded
from meridian.work.majors.events import (
    MajorDeclared,
    MajorRolesChanged,
    MajorStatusPublished,
    MajorStoodDown,
    MajorUpdateMissed,
)
from meridian.work.majors.models import ROLES, MajorIncident, MajorUpdate
from meridian.work.majors.queries import child_incidents
from meridian.work.problems.facade import open_problem_of, said
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.contracts import Kind

SERIES = Series("MAJ")
Kinds = MajorUpdate.Kind
PUBLIC = ("subject", "status_text")
SETTLED = frozenset({*ROLES, *PUBLIC, "cadence_minutes"})


@command("majors.majorincident.add", on=MajorIncident)
def declare_major(*, actor: Actor, incident: desk.WorkItem, **fields: Any) -> MajorIncident:
    """Declare an open incident a major one: who leads, how often there is an update, what everybody reads."""
    if incident.kind != Kind.INCIDENT or not incident.is_open:
        raise Refusal(
            _("%(number)s is no open incident: only such a one is declared a major incident.")
            % {"number": incident.number},
            "incident",
        )
    if MajorIncident.objects.filter(incident=incident).exists():
        raise Refusal(
            _("%(number)s was declared a major incident already.") % {"number": incident.number}, "incident"
        )
    if desk.Link.objects.filter(
        target=incident, type=desk.Link.Type.PARENT, source__major__state="active"
    ).exists():
        raise Refusal(
            _("%(number)s hangs on a major incident already: declare that one, or let this go first.")
            % {"number": incident.number},
            "incident",
        )
    now = timezone.now()
    row = MajorIncident(incident=incident, number=next_number(SERIES), declared_at=now)
    row = write_row(row, fields)
    _await_update(row, now)
    _say(actor, row, Kinds.DECLARED, now, str(row.subject))
    publish(MajorDeclared(row.pk, actor.person_id, now))
    return row


def _await_update(row: MajorIncident, now: datetime | None) -> None:
    row.next_update_at = None if now is None else now + timedelta(minutes=row.cadence_minutes)
    row.save(update_fields=("next_update_at",))


def _say(actor: Actor, row: MajorIncident, kind: str, at: datetime, text: str = "") -> MajorUpdate:
    line: MajorUpdate = MajorUpdate.objects.create(
        major=row, at=at, person_id=actor.person_id, kind=kind, text=text
    )
    return line


def _require_active(row: MajorIncident) -> None:
    if not row.is_active:
        raise Untimely(
            _("%(number)s is “%(state)s”: nothing is led on it any more.")
            % {"number": row.number, "state": row.get_state_display()}
        )


@command("majors.majorincident.change", on=MajorIncident, target="row")
def change_major(*, actor: Actor, row: MajorIncident, **fields: Any) -> MajorIncident:
    """Change who leads, how often there is an update, or what everybody reads.

    New public words are an update: the clock begins anew. The incident stays what it is.
    """
    _require_active(row)
    altered = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    if set(altered) - SETTLED:
        raise Refusal(_("A major incident stays on the incident on which it was declared."), "incident")
    if not altered:
        return row
    before = {getattr(row, f"{role}_id") for role in ROLES}
    row, now = write_row(row, fields), timezone.now()
    joined = tuple(sorted({getattr(row, f"{role}_id") for role in ROLES} - before))
    if any(name in ROLES for name in altered):
        who = ", ".join(f"{row.role_words(role)}: {getattr(row, role)}" for role in ROLES)
        _say(actor, row, Kinds.ROLES, now, who)
        if joined:
            publish(MajorRolesChanged(row.pk, actor.person_id, now, joined))
    if any(name in PUBLIC for name in altered):
        line = _say(actor, row, Kinds.STATUS, now, str(row.status_text or row.subject))
        publish(MajorStatusPublished(row.pk, line.pk, actor.person_id, now))
    if set(altered) - set(ROLES):
        _await_update(row, now)
    return row


@command("majors.majorincident.inform", on=MajorIncident, target="row")
def inform(*, actor: Actor, row: MajorIncident, text: str) -> MajorIncident:
    """Give an update to those who work on it; the next is due after the agreed time."""
    _require_active(row)
    words = said(text, "text", _("Say what is known, what is tried, and what comes next."))
    now = timezone.now()
    _say(actor, row, Kinds.INFORMED, now, words)
    _await_update(row, now)
    return row


@command("majors.majorincident.hold_together", on=MajorIncident, target="row")
def hold_together(*, actor: Actor, row: MajorIncident, incident: desk.WorkItem) -> MajorIncident:
    """Hang an incident that has the same cause on this one: they are resolved together."""
    _require_active(row)
    if not incident.is_open or incident.kind != Kind.INCIDENT:
        raise Refusal(_("%(number)s is no open incident.") % {"number": incident.number}, "incident")
    desk.link(actor=actor, item=row.incident, other=incident, type=desk.Link.Type.PARENT)
    _say(actor, row, Kinds.HELD, timezone.now(), incident.number)
    return row


@command("majors.majorincident.let_go", on=MajorIncident, target="row")
def let_go(*, actor: Actor, row: MajorIncident, incident: desk.WorkItem) -> MajorIncident:
    """Let an incident go that has another cause: it is worked on by itself again."""
    _require_active(row)
    found = desk.Link.objects.filter(
        source=row.incident_id, target=incident, type=desk.Link.Type.PARENT
    ).first()
    if found is None:
        raise Refusal(
            _("%(number)s does not hang on this major incident.") % {"number": incident.number}, "incident"
        )
    desk.unlink(actor=actor, item=row.incident, link=found)
    _say(actor, row, Kinds.LET_GO, timezone.now(), incident.number)
    return row


@command("majors.majorincident.resolve_together", on=MajorIncident, target="row")
def resolve_together(
    *, actor: Actor, row: MajorIncident, solution: str, language: str = "en"
) -> MajorIncident:
    """Resolve the incident and all that hang on it with one act; each requester is told the solution."""
    _require_active(row)
    said(solution, "solution", _("Say what solved it: every requester gets these words."))
    children = child_incidents(row).filter(is_open=True, merged_into=None).order_by("pk")
    count = 0
    for child in children:
        desk.resolve(actor=actor, item=child, solution=solution, language=language)
        count += 1
    if row.incident.is_open:
        desk.resolve(actor=actor, item=row.incident, solution=solution, language=language)
        count += 1
    if not count:
        raise Untimely(_("The incident and all that hang on it are resolved already."))
    _say(actor, row, Kinds.RESOLVED, timezone.now(), solution)
    return row


@command("majors.majorincident.stand_down", on=MajorIncident, target="row")
def stand_down(*, actor: Actor, row: MajorIncident, text: str = "") -> MajorIncident:
    """End the major incident once its incident is resolved; no further update is due."""
    _require_active(row)
    row.incident.refresh_from_db(fields=("state",))
    if row.incident.state in ("new", "assigned", "in_progress", "on_hold"):
        raise Untimely(
            _("%(number)s is still open: resolve it together with what hangs on it, then stand down.")
            % {"number": row.incident.number}
        )
    return _end(actor, row, MajorIncident.State.STOOD_DOWN, Kinds.STOOD_DOWN, bounded(text))


@command("majors.majorincident.withdraw", on=MajorIncident, target="row")
def withdraw_major(*, actor: Actor, row: MajorIncident, why: str) -> MajorIncident:
    """Take the declaration back: it is no major incident after all; the incident goes on as any other."""
    _require_active(row)
    words = said(why, "why", _("Say why it is no major incident."))
    return _end(actor, row, MajorIncident.State.WITHDRAWN, Kinds.WITHDRAWN, words)


def _end(actor: Actor, row: MajorIncident, state: str, kind: str, text: str) -> MajorIncident:
    now = timezone.now()
    row.state, row.stood_down_at, row.next_update_at = state, now, None
    row.save(update_fields=("state", "stood_down_at", "next_update_at"))
    _say(actor, row, kind, now, text)
    publish(MajorStoodDown(row.pk, actor.person_id, now))
    return row


@command("majors.majorincident.call_again", on=MajorIncident, target="row")
def call_again(*, actor: Actor, row: MajorIncident, text: str) -> MajorIncident:
    """Take a major incident up again that was stood down too early; its clock goes on."""
    if row.state != MajorIncident.State.STOOD_DOWN:
        raise Untimely(_("Only what was stood down and not yet reviewed is called again."))
    words, now = said(text, "text", _("Say what is down again.")), timezone.now()
    row.state, row.stood_down_at = MajorIncident.State.ACTIVE, None
    row.save(update_fields=("state", "stood_down_at"))
    _await_update(row, now)
    _say(actor, row, Kinds.CALLED_AGAIN, now, words)
    publish(MajorDeclared(row.pk, actor.person_id, now))
    return row


@command("majors.majorincident.review", on=MajorIncident, target="row")
def review_major(
    *, actor: Actor, row: MajorIncident, findings: str, opens_problem: bool = True
) -> MajorIncident:
    """Write down what was learned, and log the problem of which the cause is still to be found."""
    if row.state != MajorIncident.State.STOOD_DOWN:
        raise Untimely(_("A major incident is reviewed after it was stood down, and once."))
    words = said(findings, "findings", _("Say what went well, what did not, and what is to change."))
    now = timezone.now()
    if opens_problem and row.incident.team is None:
        raise Refusal(
            _("The incident has no team whose problem it could be: assign it first."), "opens_problem"
        )
    if opens_problem:
        row.problem = _problem_of(actor, row, words)
    row.state, row.review, row.reviewed_at = MajorIncident.State.REVIEWED, words, now
    row.save(update_fields=("state", "review", "reviewed_at", "problem"))
    _say(actor, row, Kinds.REVIEWED, now, words)
    return row


def _problem_of(actor: Actor, row: MajorIncident, text: str) -> Any:
    """The problem behind it, with the incident and all that hung on it."""
    children = child_incidents(row).values_list("pk", flat=True)
    return open_problem_of(actor, row.incident, (row.incident_id, *children), text)


@command("majors.majorincident.escalate", on=MajorIncident, target="row", title=_("escalate a missed update"))
def escalate(*, actor: Actor, row: MajorIncident) -> MajorIncident:
    """Note an update that nobody gave, and tell those who lead; the next is due after the agreed time."""
    now, due_at = timezone.now(), row.next_update_at
    if not row.is_active or due_at is None or due_at > now:
        raise Untimely(_("No update is late."))
    row.missed_count = F("missed_count") + 1
    row.next_update_at = now + timedelta(minutes=row.cadence_minutes)
    row.save(update_fields=("missed_count", "next_update_at"))
    line = _say(actor, row, Kinds.MISSED, now)
    publish(MajorUpdateMissed(row.pk, line.pk, now, due_at))
    row.refresh_from_db(fields=("missed_count", "version"))
    return row
