"""Invitations and answers for tests: about items, at the team of the item."""

from datetime import UTC, datetime
from typing import Any

from meridian.engine.policies import system_actor
from meridian.work.servicedesk.facade import Person, WorkItem
from meridian.work.surveys.models import Answer, CallBack, Invitation, Question, QuestionSet

TESTS = system_actor("tests")
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _invitation(make: Any, number: int, **values: Any) -> Invitation:
    given = {"made_at": AT, "sent_at": AT, "expires_at": datetime(2126, 3, 1, tzinfo=UTC), **values}
    for name, model in (("question_set", QuestionSet), ("item", WorkItem), ("person", Person)):
        if name not in given:
            given[name] = make(model)
    return Invitation.objects.create(**given)


def _answer(make: Any, number: int, **values: Any) -> Answer:
    given = {"scores": {"overall": 4}, "answered_at": AT, **values}
    given["invitation"] = given.get("invitation") or make(Invitation)
    return Answer.objects.create(**given)


def _call_back(make: Any, number: int, **values: Any) -> CallBack:
    given = {"opened_at": AT, **values}
    for name, model in (("answer", Answer), ("task", WorkItem)):
        if name not in given:
            given[name] = make(model)
    return CallBack.objects.create(**given)


FACTORIES = {
    QuestionSet: {"occasion": "campaign"},
    Question: {"code": lambda number: f"q{number}"},
    Invitation: _invitation,
    Answer: _answer,
    CallBack: _call_back,
}
