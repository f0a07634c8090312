"""What changes give to approvals: what exactly is authorised; and to the demo: changes in every state."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib import resources
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.figures import instant_text
from meridian.engine.numbering import Series
from meridian.engine.policies import Actor, Grant
from meridian.engine.values import url_of
from meridian.work.approvals.contracts import Subject
from meridian.work.change_calendar.facade import ChangeWindow
from meridian.work.changes.commands import authorising, planning
from meridian.work.changes.commands.log import SERIES
from meridian.work.changes.models import (
    Board,
    BoardMember,
    CausedIncident,
    Change,
    ChangeModel,
    ChangeThing,
    Meeting,
)
from meridian.work.changes.models.references import ConfigurationItem
from meridian.work.items.contracts.happenings import EventRow
from meridian.work.items.facade import Loading, load_histories
from meridian.work.problems.facade import Problem
from meridian.work.servicedesk.facade import Membership, Team, WorkItem

PACKAGE = __package__ or ""
PAST_CHANGES = 64
# The ends of past changes, over and over: most succeed.
ENDS = (
    ("successful",) * 6
    + ("with_issues",)
    + ("successful",) * 4
    + ("backed_out",)
    + ("successful",) * 3
    + ("failed",)
)
REJECTED_EACH, CANCELLED_EACH = 15, 22


def approved_change(row: Change) -> Subject:
    """Plan, window and what the change touches: another of them is another change."""
    things = [thing.concerns for thing in row.things.select_related("concerns").order_by("concerns")]
    window = [at.isoformat() if at else None for at in (row.planned_from, row.planned_until)]
    content = {
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "plan": [row.plan, row.test_plan, row.backout_plan],
        "window": window,
        "outage": row.outage_minutes,
        "things": sorted(thing.reference for thing in things),
    }
    facts = [
        {"label": _("Type"), "text": row.get_kind_display()},
        {"label": _("Risk"), "text": row.get_risk_level_display()},
        {"label": _("From"), "text": instant_text(row.planned_from) if row.planned_from else _("at once")},
        {"label": _("Until"), "text": instant_text(row.planned_until) if row.planned_until else ""},
        {"label": _("Touches"), "text": ", ".join(map(str, things))},
        {"label": _("How it is taken back"), "text": row.backout_plan},
    ]
    return Subject(f"{row.number} {row.title}", url_of(row), content, facts, row.plan)


class Past(NamedTuple):
    """A change of the past with everything that happened to it."""

    requester: int
    events: Sequence[EventRow]
    number: str | None = None
    aliases: Sequence[str] = ()


def _given(history: Past) -> tuple[Any, ...]:
    return history.requester, "normal", "en"


def _series(_events: Sequence[EventRow]) -> Series:
    return SERIES


LOADING = Loading(Change, ("requester_id", "kind", "language"), _given, _series, lambda events: events)


def demo(actor: Actor) -> None:
    """Boards, a model, freezes, changes to come and a year of past ones, once."""
    team = Team.objects.filter(is_hub=True, is_active=True).order_by("pk").first()
    if team is None or Change.objects.exists():
        return
    people = [
        row.person for row in Membership.objects.filter(team=team).select_related("person").order_by("pk")[:5]
    ]
    things = list(
        ConfigurationItem.objects.filter(kind__in=("application", "server")).order_by("kind", "pk")[:8]
    )
    if len(people) < 4 or not things:
        return
    said = json.loads((resources.files(PACKAGE) / "data" / "demo.json").read_text(encoding="utf-8"))
    with trail.entry("changes.demo.load", actor):
        model = _settings(said, team, people)
    raiser = Actor(None, people[0].pk, str(people[0]), (Grant(frozenset({"*"})),))
    for place, told in enumerate(said["changes"]):
        _coming(raiser, team, model, told, things[place % len(things)])
    load_histories(LOADING, "changes.demo.load", actor, _past(said["past"], team, people), "", None)
    with trail.entry("changes.demo.load", actor):
        _touched(things)


def _settings(said: dict[str, Any], team: Team, people: list[Any]) -> ChangeModel:
    now = timezone.now()
    for told in said["boards"]:
        board = Board.objects.create(**told)
        BoardMember.objects.bulk_create(BoardMember(board=board, person=person) for person in people[1:4])
        Meeting.objects.create(board=board, starts_at=now + timedelta(days=2))
    for told in said["windows"]:
        starts_at, ends_at = (now + timedelta(days=told.pop(name)) for name in ("from_days", "until_days"))
        ChangeWindow.objects.create(starts_at=starts_at, ends_at=ends_at, **told)
    made: ChangeModel = ChangeModel.objects.create(team=team, **said["model"])
    return made


def _coming(raiser: Actor, team: Team, model: ChangeModel, told: dict[str, Any], thing: Any) -> None:
    starts_at = timezone.now() + timedelta(hours=told["in_hours"])
    window = {"planned_from": starts_at, "planned_until": starts_at + timedelta(hours=told["hours"])}
    is_standard = told["kind"] == "standard"
    plans = (
        {}
        if is_standard
        else {"plan": told["title"], "backout_plan": "As it was before, from the saved state."}
    )
    problem = Problem.objects.filter(title__startswith=told["problem"]).first() if told["problem"] else None
    change = planning.add_change(
        actor=raiser,
        title=told["title"],
        team=team,
        kind=told["kind"],
        model=model if is_standard else None,
        problem=problem,
        **plans,
        **(window if told["hours"] else {}),
    )
    planning.touch(actor=raiser, item=change, thing=thing)
    if told["to"] == "draft":
        return
    authorising.submit(actor=raiser, item=change)
    if told["answers"]:
        names = ("experience", "testing", "backout", "people")
        kinds = (authorising.Experience, authorising.Testing, authorising.Backout, authorising.People)
        given: dict[str, Any] = {
            name: kind(answer) for name, kind, answer in zip(names, kinds, told["answers"], strict=True)
        }
        authorising.assess(actor=raiser, item=change, **given)
    if told["to"] == "authorise" and told["kind"] == "normal":
        authorising.ask_authorisation(actor=raiser, item=change)


def _past(titles: Sequence[str], team: Team, people: list[Any]) -> Iterator[Past]:
    """A year of changes, one every few days."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    for place in range(PAST_CHANGES):
        done_at = now - timedelta(days=1 + place * 5.5)
        person = people[place % len(people)].pk
        title = titles[place % len(titles)]
        yield Past(person, list(_life(place, title, team.pk, person, done_at)))


def _life(place: int, title: str, team: int, person: int, done_at: datetime) -> Iterator[EventRow]:
    starts_at, opened_at = done_at - timedelta(hours=2), done_at - timedelta(days=6 + place % 9)
    window = {
        "planned_from": [None, starts_at.isoformat()],
        "planned_until": [None, (done_at + timedelta(hours=1)).isoformat()],
    }
    opening = {
        "title": ["", title],
        "team": [None, team],
        "plan": ["", title],
        "backout_plan": ["", "As before."],
    }
    risk = {"risk_score": [None, 18 + place % 40], "risk_level": ["", "low" if place % 3 else "moderate"]}
    yield EventRow(opened_at, "opened", opening | window, person)
    yield EventRow(opened_at + timedelta(hours=3), "submitted", {"state": ["draft", "assess"]}, person)
    yield EventRow(opened_at + timedelta(hours=9), "assessed", risk, person)
    yield EventRow(opened_at + timedelta(hours=10), "asked", {"state": ["assess", "authorise"]}, person)
    if place % REJECTED_EACH == REJECTED_EACH - 1:
        yield EventRow(opened_at + timedelta(days=2), "rejected", {"state": ["authorise", "rejected"]})
        return
    yield EventRow(opened_at + timedelta(days=2), "authorised", {"state": ["authorise", "scheduled"]})
    if place % CANCELLED_EACH == CANCELLED_EACH - 1:
        yield EventRow(
            opened_at + timedelta(days=3), "cancelled", {"state": ["scheduled", "cancelled"]}, person
        )
        return
    yield EventRow(starts_at, "started", {"state": ["scheduled", "implement"]}, person)
    if place == 0:
        return
    outcome = ENDS[place % len(ENDS)]
    yield EventRow(done_at, "completed", {"state": ["implement", "review"], "outcome": ["", outcome]}, person)
    if place > 2:
        yield EventRow(done_at + timedelta(hours=20), "reviewed", {"state": ["review", "closed"]}, person)


def _touched(things: list[Any]) -> None:
    """What the past changes touched, and an incident that one caused."""
    past = list(Change.objects.filter(things=None).order_by("pk"))
    ChangeThing.objects.bulk_create(
        ChangeThing(change=change, concerns=things[place % len(things)]) for place, change in enumerate(past)
    )
    culprit = Change.objects.filter(outcome="with_issues").order_by("-completed_at").first()
    if culprit is not None and culprit.started_at is not None:
        later = (
            WorkItem.objects.filter(kind="incident", opened_at__gte=culprit.started_at)
            .order_by("opened_at")
            .first()
        )
        if later is not None:
            CausedIncident.objects.create(change=culprit, incident=later)
