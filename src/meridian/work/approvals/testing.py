"""What may be approved in tests: a unit, as long as its code stays what it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.modules import Offer
from meridian.engine.modules.registry import Given, _offers
from meridian.engine.policies import Actor, system_actor
from meridian.engine.records import reference
from meridian.work.approvals.contracts import State, StepState, Subject
from meridian.work.approvals.models import Approval, Approver, Step
from meridian.work.approvals.rules import digest_of

TESTS = system_actor("tests")
Unit, Person = reference("organisation.Unit"), reference("people.Person")
Affiliation, CostCentre = reference("people.Affiliation"), reference("cost_centres.CostCentre")


def subject_of_unit(row: Any) -> Subject:
    """A unit as something to be approved."""
    facts = [{"label": "Code", "text": row.code}]
    return Subject(f"Unit {row.code}", "", {"code": row.code}, facts)


@contextmanager
def units_are_approved() -> Iterator[None]:
    """Let units be approved, as a module would offer it."""
    offer = Given(
        Offer("approved", "testing.subject_of_unit", on="organisation.unit"),
        "approvals",
        "meridian.work.approvals",
    )
    _offers.setdefault("approved", []).append(offer)
    try:
        yield
    finally:
        _offers["approved"].remove(offer)


def somebody(number: str, **given: Any) -> Any:
    """A person."""
    with trail.entry("tests.make", TESTS):
        return Person.objects.create(
            number=number,
            given_name=number,
            family_name="Testov",
            email=f"{number}@example.org".lower(),
            **given,
        )


def works_at(person: Any, unit: Any) -> None:
    """Let a person belong to a unit."""
    with trail.entry("tests.make", TESTS):
        Affiliation.objects.create(
            person=person, unit=unit, category="professional", starts_on=date(2020, 1, 1)
        )


def owns(person: Any, unit: Any, code: str) -> Any:
    """Let a person own the cost centre of a unit."""
    with trail.entry("tests.make", TESTS):
        return CostCentre.objects.create(code=code, name={"en": code}, unit=unit, owner=person)


def acting(person: Any) -> Actor:
    """Somebody signed in, with no role."""
    return Actor(person.pk, person.pk, str(person))


def asked_people() -> list[Any]:
    """Everybody who is asked."""
    return [row.person for row in Approver.objects.select_related("person").order_by("pk")]


def approval_state() -> str:
    """How it stands with the only approval."""
    return Approval.objects.get().state


def _approval(make: Any, number: int, **values: Any) -> Approval:
    given = {
        "resource": "organisation.unit",
        "row_id": make(Unit).pk,
        "unit": make(Unit),
        "subject": f"Subject {number}",
        "requester": make(Person),
        "digest": digest_of(number),
        "state": State.WITHDRAWN,
        "asked_at": timezone.now(),
    }
    return Approval.objects.create(**{**given, **values})


def _step(make: Any, number: int, **values: Any) -> Step:
    given = {
        "approval": values.pop("approval", None) or make(Approval),
        "place": number % 30_000,
        "name": {"en": f"Step {number}"},
        "approvers": ["chief"],
        "state": StepState.OPEN,
        "round": 1,
    }
    return Step.objects.create(**{**given, **values})


FACTORIES = {Approval: _approval, Step: _step, Approver: {"expression": "chief"}}
