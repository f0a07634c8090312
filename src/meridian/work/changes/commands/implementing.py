"""Implementing a change, how it ended, what it caused, and its review."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.figures import instant_text
from meridian.engine.policies import Actor
from meridian.registers.calendars.facade import working_time
from meridian.work.changes.commands.authorising import refuse_blocked
from meridian.work.changes.commands.log import RELATIONS, record, require_verb, said
from meridian.work.changes.contracts import EventType, Kind, Outcome
from meridian.work.changes.models import CausedIncident, Change, ChangeLink, ChangeWatcher
from meridian.work.changes.models.references import Person
from meridian.work.changes.rules import CLOSED, IMPLEMENT, REVIEW, review_due
from meridian.work.items.facade import words_of
from meridian.work.servicedesk.facade import WorkItem

LOOKED_AHEAD = timedelta(days=60)


@command("changes.change.implement", on=Change, target="item")
def implement(*, actor: Actor, item: Change) -> Change:
    """Begin: within the planned window, and in no freeze that blocks. An emergency begins at once."""
    require_verb(actor, item, "implement")
    now = timezone.now()
    if item.kind != Kind.EMERGENCY:
        if (
            item.planned_from is None
            or item.planned_until is None
            or not item.planned_from <= now < item.planned_until
        ):
            raise Untimely(
                _("It is implemented within its window, from %(start)s until %(end)s: plan another, or wait.")
                % {
                    "start": instant_text(item.planned_from) if item.planned_from else "–",
                    "end": instant_text(item.planned_until) if item.planned_until else "–",
                }
            )
        refuse_blocked(item)
    return record(actor, item, EventType.STARTED, {"state": IMPLEMENT})


@command("changes.change.complete", on=Change, target="item")
def complete(*, actor: Actor, item: Change, outcome: Outcome, text: str = "", language: str = "en") -> Change:
    """Say how it ended; what did not go as planned is told. A review follows, of an emergency within five
    open days of the team."""
    require_verb(actor, item, "complete")
    how = Outcome(outcome)
    if how != Outcome.SUCCESSFUL:
        said(text, "text", _("Say what did not go as planned."))
    changes: dict[str, object] = {"state": REVIEW, "outcome": how.value}
    if item.kind == Kind.EMERGENCY:
        now = timezone.now()
        openings = working_time(item.team.calendar_id).intervals(now, now + LOOKED_AHEAD)
        changes["review_due_at"] = review_due(((one.start_at, one.end_at) for one in openings), now)
    return record(actor, item, EventType.COMPLETED, changes, words_of(text, language, "internal"))


@command("changes.change.review", on=Change, target="item")
def review(*, actor: Actor, item: Change, findings: str, language: str = "en") -> Change:
    """Write down what was learned, and close the change."""
    require_verb(actor, item, "review")
    text = said(
        findings, "findings", _("Say whether it reached what it was for, and what is to be done better.")
    )
    words = words_of(text, language, "internal", field="findings")
    return record(actor, item, EventType.REVIEWED, {"state": CLOSED}, words)


@command("changes.change.blame", on=Change, target="item")
def blame(*, actor: Actor, item: Change, incident: WorkItem) -> Change:
    """Say that the change caused an incident: it counts as failed then."""
    require_verb(actor, item, "blame")
    if item.started_at is not None and incident.opened_at < item.started_at:
        raise Refusal(
            _("%(number)s was there before the change began.") % {"number": incident.number}, "incident"
        )
    _made, is_new = CausedIncident.objects.get_or_create(change=item, incident=incident)
    if not is_new:
        raise Refusal(
            _("%(number)s is noted as caused by this change already.") % {"number": incident.number},
            "incident",
        )
    return record(actor, item, EventType.CAUSED, item=incident.number)


@command("changes.change.clear", on=Change, target="item")
def clear(*, actor: Actor, item: Change, incident: WorkItem) -> Change:
    """Say that the change did not cause an incident after all."""
    require_verb(actor, item, "clear")
    count, _rows = CausedIncident.objects.filter(change=item, incident=incident).delete()
    if not count:
        raise Refusal(
            _("%(number)s is not noted as caused by this change.") % {"number": incident.number}, "incident"
        )
    return record(actor, item, EventType.CLEARED, item=incident.number)


@command("changes.change.note", on=Change, target="item")
def note(*, actor: Actor, item: Change, text: str, language: str = "en") -> Change:
    """Write something down."""
    words = words_of(said(text, "text", _("Write something first.")), language, "internal")
    return record(actor, item, EventType.NOTED, words=words)


@command("changes.change.merge", on=Change, target="item")
def merge(*, actor: Actor, item: Change, into: Change) -> Change:
    """Give the change up as the same as another; `unmerge` restores it."""
    require_verb(actor, item, "merge")
    return RELATIONS.merge(actor, item, into)


@command("changes.change.unmerge", on=Change, target="item")
def unmerge(*, actor: Actor, item: Change) -> Change:
    """Undo the merge of this change: its columns become exactly what they were before it."""
    return RELATIONS.unmerge(actor, item)


@command("changes.change.link", on=Change, target="item")
def link(*, actor: Actor, item: Change, other: Change, type: ChangeLink.Type) -> Change:
    """Say how the change stands to another."""
    return RELATIONS.link(actor, item, other, type)


@command("changes.change.unlink", on=Change, target="item")
def unlink(*, actor: Actor, item: Change, link: ChangeLink) -> Change:
    """Remove a link that starts or ends at the change."""
    return RELATIONS.unlink(actor, item, link)


@command("changes.change.watch", on=Change, target="item")
def watch(*, actor: Actor, item: Change, person: Person | None = None) -> ChangeWatcher:
    """Follow the change, or let somebody follow it."""
    watcher: ChangeWatcher = RELATIONS.watch(actor, item, person)
    return watcher


@command("changes.change.unwatch", on=Change, target="item")
def unwatch(*, actor: Actor, item: Change, person: Person | None = None) -> None:
    """No longer follow the change, or let somebody follow it no longer."""
    RELATIONS.unwatch(actor, item, person)
