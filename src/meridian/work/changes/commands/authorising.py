"""From submitting to being scheduled: assessed, authorised by a board, or by the model it follows."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor, system_actor
from meridian.work.approvals import facade as approvals
from meridian.work.approvals.contracts import Mode, StepWish
from meridian.work.change_calendar.facade import gravest
from meridian.work.changes.commands.log import record, require_verb, said
from meridian.work.changes.commands.planning import refuse_window
from meridian.work.changes.contracts import EventType, Kind, Level
from meridian.work.changes.events import ChangeDecided
from meridian.work.changes.models import Board, Change, ChangeThing, SuppressionWindow
from meridian.work.changes.queries.conflicts import Conflict, conflicts_of
from meridian.work.changes.queries.figures import history_of
from meridian.work.changes.rules import ASSESS, AUTHORISE, CANCELLED, DRAFT, REJECTED, SCHEDULED, risk_of
from meridian.work.items.facade import words_of
from meridian.work.problems.facade import WAITS_FOR_A_CHANGE, await_change

HOUSE = system_actor("Changes")
MANAGER_HOURS = 72
AUTHORISE_RIGHT = "changes.change.authorise"


class Experience(models.TextChoices):
    """How often it was done."""

    OFTEN = "0", _("Often, the same way")
    ONCE = "1", _("Once or twice")
    NEVER = "2", _("Never")


class Testing(models.TextChoices):
    """How well it was tested."""

    WHOLE = "0", _("The whole of it, on a copy")
    PART = "1", _("In part")
    NOT = "2", _("Not")


class Backout(models.TextChoices):
    """How it is taken back."""

    QUICK = "0", _("Within the window, rehearsed")
    SLOW = "1", _("With effort, or not rehearsed")
    NEVER = "2", _("Not at all")


class People(models.TextChoices):
    """Who notices when it goes wrong."""

    NOBODY = "0", _("Nobody")
    TEAM = "1", _("A team")
    SITE = "2", _("A site")
    EVERYBODY = "3", _("Everybody")


@command("changes.change.submit", on=Change, target="item")
def submit(*, actor: Actor, item: Change) -> Change:
    """Hand a draft in. A standard change is scheduled at once; a normal one is assessed first; an emergency
    goes to its board."""
    require_verb(actor, item, "submit")
    for name, sentence in (
        ("plan", _("Say what is done, step by step, before it is submitted.")),
        ("backout_plan", _("Say how it is taken back, before it is submitted.")),
    ):
        said(getattr(item, name), name, sentence)
    if not ChangeThing.objects.filter(change=item).exists():
        raise Untimely(_("Say what the change touches, before it is submitted."))
    if item.kind != Kind.EMERGENCY:
        if item.planned_from is None:
            raise Untimely(_("Plan its window, before it is submitted."), "planned_from")
        refuse_window(item.planned_from, item.planned_until, timezone.now())
    record(actor, item, EventType.SUBMITTED, {"state": ASSESS})
    if item.kind == Kind.STANDARD:
        refuse_blocked(item)
        return schedule(actor, item)
    return _ask(actor, item) if item.kind == Kind.EMERGENCY else item


def refuse_blocked(change: Change) -> None:
    """Refuse a window that lies in a freeze or outside of maintenance, where that blocks."""
    for found in conflicts_of(change):
        if found.blocks and found.window is not None:
            sentence = (
                _("The window lies in the freeze “%(window)s”: plan it for another time.")
                if found.kind == Conflict.FREEZE
                else _("The window lies outside of maintenance; the next is “%(window)s”.")
            )
            raise Refusal(sentence % {"window": found.window}, "planned_from")


@command("changes.change.assess", on=Change, target="item")
def assess(
    *, actor: Actor, item: Change, experience: Experience, testing: Testing, backout: Backout, people: People
) -> Change:
    """Answer the questions of risk; with what the change touches and how such changes went they make it."""
    require_verb(actor, item, "assess")
    answers = {
        "experience": int(experience),
        "testing": int(testing),
        "backout": int(backout),
        "people": int(people),
    }
    things = ChangeThing.objects.filter(change=item).values_list("concerns", flat=True)
    weight, gravest_thing = gravest(things)
    done, wrong = history_of(item, timezone.now())
    risk = risk_of(answers, weight, done, wrong)
    changes = {"risk_score": risk.score, "risk_level": risk.level}
    facts: dict[str, Any] = {
        "because": {
            "answers": answers,
            "likelihood": risk.likelihood,
            "impact": risk.impact,
            "gravest": gravest_thing,
            "implemented": done,
            "failed": wrong,
        }
    }
    return record(actor, item, EventType.ASSESSED, changes, **facts)


@command("changes.change.ask_authorisation", on=Change, target="item")
def ask_authorisation(*, actor: Actor, item: Change) -> Change:
    """Ask whoever authorises: of low risk one change manager, else the board with its quorum."""
    require_verb(actor, item, "ask_authorisation")
    if item.risk_score is None:
        raise Untimely(_("Assess the risk of the change first: it decides who authorises it."))
    refuse_window(item.planned_from, item.planned_until, timezone.now())
    refuse_blocked(item)
    return _ask(actor, item)


def _ask(actor: Actor, change: Change) -> Change:
    record(actor, change, EventType.ASKED, {"state": AUTHORISE})
    approvals.ask(change, change.requester, [_step(change)])
    return change


def _step(change: Change) -> StepWish:
    if change.kind == Kind.NORMAL and change.risk_level == Level.LOW:
        name = {"en": "Change manager", "fr": "Gestionnaire des changements", "es": "Gestor de cambios"}
        holder = f"holder:{AUTHORISE_RIGHT}@{change.team.unit.code}"
        return StepWish(name, [holder], mode=Mode.ANY, due_hours=MANAGER_HOURS)
    board = Board.objects.filter(for_kind=change.kind, is_active=True).first()
    if board is None:
        raise Untimely(_("No board authorises changes of this type: a change manager sets one up first."))
    people = board.members.order_by("pk").values_list("person__number", flat=True)
    asked = [f"person:{number}" for number in people]
    return StepWish(board.name, asked, mode=Mode.SOME, needed=board.quorum, due_hours=board.hours)


def schedule(actor: Actor, change: Change) -> Change:
    """Put an authorised change on the schedule, and say when alarms of what it touches are expected.

    The problem that it fixes waits for it from then on.
    """
    record(actor, change, EventType.AUTHORISED, {"state": SCHEDULED})
    if change.problem is not None and change.problem.state in WAITS_FOR_A_CHANGE:
        await_change(actor=HOUSE, item=change.problem, text=change.number)
    if change.planned_from is not None and change.planned_until is not None:
        SuppressionWindow.objects.update_or_create(
            change=change, defaults={"starts_at": change.planned_from, "ends_at": change.planned_until}
        )
    return change


@command("changes.change.settle", on=Change, target="item", title=_("settle what was decided on a change"))
def settle(*, actor: Actor, item: Change, decision: str, approval: int) -> Change:
    """Carry on with what its approvers decided: scheduled, rejected, or assessed anew where it is void.

    What was decided of an earlier approval says nothing of the plan that is asked about now.
    """
    if item.state != AUTHORISE or not approvals.is_last(approval, item):
        return item
    if decision == "approved":
        schedule(actor, item)
    elif decision == "rejected":
        record(actor, item, EventType.REJECTED, {"state": REJECTED})
    else:
        back = DRAFT if item.kind == Kind.EMERGENCY else ASSESS
        record(actor, item, EventType.VOIDED, {"state": back, "risk_score": None, "risk_level": ""})
    publish(ChangeDecided(item.pk, item.updated_at, item.state))
    return item


@command("changes.change.redraft", on=Change, target="item")
def redraft(*, actor: Actor, item: Change) -> Change:
    """Take a change back to draft: what was asked or authorised is void."""
    require_verb(actor, item, "redraft")
    approvals.withdraw(item)
    SuppressionWindow.objects.filter(change=item).delete()
    return record(actor, item, EventType.REOPENED, {"state": DRAFT, "risk_score": None, "risk_level": ""})


@command("changes.change.cancel", on=Change, target="item")
def cancel(*, actor: Actor, item: Change, why: str, language: str = "en") -> Change:
    """Give the change up."""
    require_verb(actor, item, "cancel")
    words = words_of(said(why, "why", _("Say why it is cancelled.")), language, "internal", field="why")
    approvals.withdraw(item)
    SuppressionWindow.objects.filter(change=item).delete()
    return record(actor, item, EventType.CANCELLED, {"state": CANCELLED}, words)
