"""Working on an item: who has it, and how it moves on."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.facade import refuse_open_parts, words_of
from meridian.work.servicedesk.commands.guards import require_verb
from meridian.work.servicedesk.commands.log import record
from meridian.work.servicedesk.contracts import EventType, LanguageCode, Resolution
from meridian.work.servicedesk.events import ItemAssigned, ItemHeld, ItemResolved, ItemResumed
from meridian.work.servicedesk.models import HoldReason, Membership, Team, WorkItem
from meridian.work.servicedesk.models.references import Person
from meridian.work.servicedesk.rules import ASSIGNED, IN_PROGRESS, ON_HOLD, RESOLVED


@command("servicedesk.workitem.assign", on=WorkItem, target="item")
def assign(
    *, actor: Actor, item: WorkItem, team: Team | None = None, assignee: Person | None = None
) -> WorkItem:
    """Give the item to a team, to one of its agents, or both; the state becomes assigned.

    Without `team` the item stays where it is. A new team without an agent has nobody on it.
    """
    require_verb(actor, item, "assign")
    team = team or item.team
    if team is None:
        raise Refusal(_("Choose the team that is to have this item."), "team")
    if assignee and not Membership.objects.filter(team=team, person=assignee).exists():
        raise Refusal(
            _("%(person)s is no agent of %(team)s: choose an agent of that team, or another team.")
            % {"person": assignee, "team": team},
            "assignee",
        )
    return _give(actor, item, team, assignee)


@command("servicedesk.workitem.take", on=WorkItem, target="item")
def take(*, actor: Actor, item: WorkItem, over: Person | None = None) -> WorkItem:
    """Take the item oneself; one without a team comes into the actor's first team.

    From somebody who has it already it is taken only by naming them as `over`: who presses the
    button at the same moment as others learns who was first. What one has stays as it is.
    """
    require_verb(actor, item, "take")
    if item.is_had_by(actor.person_id):
        return item
    if item.assignee_id is not None and item.assignee_id != getattr(over, "pk", None):
        raise Untimely(
            _("%(person)s has this item. Take it over only if they know.") % {"person": item.assignee}, "over"
        )
    person = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    if person is None:
        raise Refusal(_("This account belongs to no person, so it can't have work of its own."))
    team = item.team or Team.objects.filter(memberships__person=person).order_by("pk").first()
    if team is None:
        raise Refusal(_("This item has no team and you belong to none: assign it to a team instead."))
    return _give(actor, item, team, person)


def _give(actor: Actor, item: WorkItem, team: Team, assignee: Person | None) -> WorkItem:
    now = timezone.now()
    changes = {"team": team, "assignee": assignee, "state": ASSIGNED}
    record(item, Happened(EventType.ASSIGNED, now, actor.person_id, changes))
    publish(ItemAssigned(item.pk, item.event_count, actor.person_id, now, item.team_id, item.assignee_id))
    return item


@command("servicedesk.workitem.start", on=WorkItem, target="item")
def start(*, actor: Actor, item: WorkItem) -> WorkItem:
    """Begin work; an item that is nobody's becomes the actor's."""
    require_verb(actor, item, "start")
    changes = {"state": IN_PROGRESS, "assignee": item.assignee_id or actor.person_id}
    return record(item, Happened(EventType.STARTED, timezone.now(), actor.person_id, changes))


@command("servicedesk.workitem.hold", on=WorkItem, target="item")
def hold(
    *,
    actor: Actor,
    item: WorkItem,
    hold_reason: HoldReason,
    until: datetime | None = None,
    note: str = "",
) -> WorkItem:
    """Put the item on hold; the reason says whether a note and a date are needed."""
    require_verb(actor, item, "hold")
    now = timezone.now()
    if hold_reason.needs_note and not can_be_seen(note):
        raise Refusal(_("This reason needs a note: say what the item waits for."), "note")
    if hold_reason.needs_until and until is None:
        raise Refusal(_("This reason needs a date: say until when the item waits."), "until")
    if until is not None and until <= now:
        raise Refusal(_("The item can only wait until a time to come."), "until")
    changes = {"state": ON_HOLD, "hold_reason": hold_reason, "hold_until": until}
    words = words_of(note, visibility="internal", field="note")
    record(item, Happened(EventType.HELD, now, actor.person_id, changes, words=words))
    asks = hold_reason.waits_for_requester
    publish(ItemHeld(item.pk, item.event_count, actor.person_id, now, asks, until))
    return item


@command("servicedesk.workitem.resume", on=WorkItem, target="item")
def resume(*, actor: Actor, item: WorkItem) -> WorkItem:
    """Go on with an item on hold."""
    require_verb(actor, item, "resume")
    now = timezone.now()
    record(item, Happened(EventType.RESUMED, now, actor.person_id, {"state": IN_PROGRESS}))
    publish(ItemResumed(item.pk, item.event_count, actor.person_id, now))
    return item


@command("servicedesk.workitem.resolve", on=WorkItem, target="item")
def resolve(
    *,
    actor: Actor,
    item: WorkItem,
    solution: str,
    resolution: Resolution = Resolution.SOLVED,
    language: LanguageCode = "en",
) -> WorkItem:
    """Answer the requester with the solution; who resolves what is nobody's has done it."""
    require_verb(actor, item, "resolve")
    refuse_open_parts(actor, item)
    if not can_be_seen(solution):
        raise Refusal(_("Say what solved it: the requester gets these words."), "solution")
    now = timezone.now()
    changes = {
        "state": RESOLVED,
        "resolution": Resolution(resolution).value,
        "assignee": item.assignee_id or actor.person_id,
    }
    words = words_of(solution, language, field="solution")
    record(item, Happened(EventType.RESOLVED, now, actor.person_id, changes, words=words))
    publish(ItemResolved(item.pk, item.event_count, actor.person_id, now))
    return item
