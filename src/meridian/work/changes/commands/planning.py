"""Raising and planning a change: what is done, when, and what it touches."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.work.approvals import facade as approvals
from meridian.work.changes.commands.log import SERIES, record, require_verb, said
from meridian.work.changes.contracts import EventType, Kind
from meridian.work.changes.events import ChangeAssigned
from meridian.work.changes.models import Change, ChangeThing, SuppressionWindow
from meridian.work.changes.models.references import ConfigurationItem, Person
from meridian.work.changes.rules import ASSESS, AUTHORISE, DRAFT, SCHEDULED
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.facade import bounded, insert_item
from meridian.work.servicedesk.facade import Membership, Team

TITLE_LENGTH = 200
PLANS = ("plan", "test_plan", "backout_plan")
PARTICULARS = frozenset({"title", "why", *PLANS, "planned_from", "planned_until", "outage_minutes"})
GIVEN = frozenset({"kind", "model", "problem", "language"})


@command("changes.change.add", on=Change)
def add_change(*, actor: Actor, title: str, team: Team | None = None, **particulars: Any) -> Change:
    """Raise a change as a draft. A standard one is made from its model, whose team and plan it has."""
    unknown = set(particulars) - PARTICULARS - GIVEN
    if unknown:
        raise Refusal(
            _("A new change has no such particulars: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        )
    kind, model = particulars.get("kind", Kind.NORMAL), particulars.get("model")
    if kind not in Kind.values:
        raise Refusal(_("Choose the type of the change."), "kind")
    if (kind == Kind.STANDARD) != (model is not None):
        raise Refusal(
            _("A standard change is made from a model, and no other is: choose both or neither."), "model"
        )
    if model is not None and not model.is_active:
        raise Refusal(_("This model is not in use any more: choose another."), "model")
    if actor.person_id is None:
        raise Refusal(_("This account belongs to no person, so nobody would have asked for the change."))
    plan = {name: getattr(model, name) for name in PLANS} if model else {}
    team = team or (model.team if model else None)
    if team is None:
        raise Refusal(_("Choose the team that does it."), "team")
    wanted = {name: value for name, value in particulars.items() if name in PARTICULARS}
    changes = _checked({"title": title, **wanted, **plan})
    given = {
        "kind": str(kind),
        "model_id": model.pk if model else None,
        "problem_id": getattr(particulars.get("problem"), "pk", None),
        "requester_id": actor.person_id,
        "language": particulars.get("language", "en"),
    }
    happened = Happened(EventType.OPENED, timezone.now(), actor.person_id, {**changes, "team": team})
    return insert_item(Change, SERIES, happened, given, "")


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The particulars as they are kept; refused in words where they can't be."""
    if "title" in fields:
        title = said(fields["title"], "title", _("Say in a few words what is changed."))
        if len(title) > TITLE_LENGTH:
            raise Refusal(
                _("The subject may have %(length)d characters; put the rest into the plan.")
                % {"length": TITLE_LENGTH},
                "title",
            )
        fields["title"] = title
    for name in ("why", *PLANS):
        if name in fields:
            fields[name] = bounded(fields[name] or "", name)
    return fields


def refuse_window(starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> None:
    """Refuse a window that has only one end, is turned round or begins in the past."""
    if (starts_at is None) != (ends_at is None):
        raise Refusal(_("A window has a beginning and an end: give both."), "planned_until")
    if starts_at is None or ends_at is None:
        return
    if ends_at <= starts_at:
        raise Refusal(_("The window ends before it begins: correct one of the two times."), "planned_until")
    if starts_at < now:
        raise Refusal(_("The window begins in the past: a change is planned ahead."), "planned_from")


@command("changes.change.change", on=Change, target="row")
def change_change(*, actor: Actor, row: Change, **fields: Any) -> Change:
    """Change plan, window or words by name (`PARTICULARS`); others may be named with the value they have.

    What was authorised was authorised as it stood: another plan or window makes the authorisation void,
    and the change is assessed anew. The plan of a standard change is its model's.
    """
    require_verb(actor, row, "change")
    altered = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    if not altered:
        return row
    if set(altered) - PARTICULARS:
        raise Refusal(
            _("These particulars can't be changed here: %(names)s. Use the action made for them.")
            % {"names": ", ".join(set(altered) - PARTICULARS)},
            next(iter(sorted(set(altered) - PARTICULARS))),
        )
    if row.kind == Kind.STANDARD and set(altered) & set(PLANS):
        raise Refusal(_("A standard change follows its model: raise a normal one for another plan."), "plan")
    changes = _checked({name: fields[name] for name in altered})
    if {"planned_from", "planned_until"} & set(altered):
        window = (
            fields.get("planned_from", row.planned_from),
            fields.get("planned_until", row.planned_until),
        )
        refuse_window(*window, timezone.now())
    record(actor, row, EventType.CHANGED, changes)
    return void(actor, row)


def void(actor: Actor, change: Change) -> Change:
    """What an edit does to what was assessed, asked or authorised: it has to be so again."""
    if change.state in (AUTHORISE, SCHEDULED):
        approvals.withdraw(change)
        SuppressionWindow.objects.filter(change=change).delete()
        back = DRAFT if change.kind in (Kind.STANDARD, Kind.EMERGENCY) else ASSESS
        record(actor, change, EventType.VOIDED, {"state": back, "risk_score": None, "risk_level": ""})
    return change


@command("changes.change.touch", on=Change, target="item")
def touch(*, actor: Actor, item: Change, thing: ConfigurationItem) -> Change:
    """Say that the change touches a thing; what was authorised without it is void."""
    require_verb(actor, item, "touch")
    _made, is_new = ChangeThing.objects.get_or_create(change=item, concerns=thing)
    if not is_new:
        raise Refusal(_("The change touches this already."), "thing")
    record(actor, item, EventType.TOUCHED, thing=thing.reference)
    return void(actor, item)


@command("changes.change.untouch", on=Change, target="item")
def untouch(*, actor: Actor, item: Change, thing: ConfigurationItem) -> Change:
    """Say that the change does not touch a thing; what was authorised with it is void."""
    require_verb(actor, item, "untouch")
    count, _rows = ChangeThing.objects.filter(change=item, concerns=thing).delete()
    if not count:
        raise Refusal(_("The change does not touch this."), "thing")
    record(actor, item, EventType.UNTOUCHED, thing=thing.reference)
    return void(actor, item)


@command("changes.change.assign", on=Change, target="item")
def assign(*, actor: Actor, item: Change, team: Team | None = None, assignee: Person | None = None) -> Change:
    """Give the change to a team, to one of its people as implementer, or both."""
    require_verb(actor, item, "assign")
    chosen = team or item.team
    if assignee and not Membership.objects.filter(team=chosen, person=assignee).exists():
        raise Refusal(
            _("%(person)s is no agent of %(team)s: choose an agent of that team, or another team.")
            % {"person": assignee, "team": chosen},
            "assignee",
        )
    record(actor, item, EventType.ASSIGNED, {"team": chosen, "assignee": assignee})
    publish(ChangeAssigned(item.pk, actor.person_id, item.updated_at, item.assignee_id))
    return item
