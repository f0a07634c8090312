"""Rows in the state from which a verb starts."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from house.actors import Stage
from house.factory import MAKER, make
from meridian.engine.audit import trail
from meridian.engine.policies import OwnPolicy
from meridian.engine.resources import Resource, Verb
from meridian.registers.access.models import Account
from meridian.registers.organisation.models import Unit
from meridian.work.servicedesk.models import HoldReason

REVIEWED = {"review_findings": "Sound", "cost_score": 1, "benefit_score": 1, "risk_score": 1}
# What the constraints of a table want beside the state that a verb starts from.
BESIDE = {
    "budgets.fundingproposal.submit": lambda: REVIEWED,
    "budgets.fundingproposal.decide": lambda: REVIEWED,
    "budgets.budgetversion.spend": lambda: {"adopted_at": timezone.now()},
    "servicedesk.workitem.resume": lambda: {"hold_reason": HoldReason.objects.first()},
}
# Verbs that only the person may use whom this field names.
OF_THE_PERSON = {"surveys.invitation.answer": "person"}


def row_for(resource: type[Resource], verb: Verb, house: Stage) -> Any:
    """A row on which the verb is offered, where its condition alone can make one."""
    own = {Account: house.accounts["lord"]} if issubclass(resource.policy, OwnPolicy) else {}
    name = verb.command.facts.name
    beside = BESIDE.get(name, dict)()
    if name in OF_THE_PERSON:
        beside = {**beside, OF_THE_PERSON[name]: person_of(house.accounts["lord"])}
    row = make(resource.model, {Unit: house.here, **own}, **wanted(verb.when), **beside)
    row.refresh_from_db()
    return row


def person_of(account: Account) -> Any:
    """The person of the account, who is made where it has none."""
    if account.person is None:
        with trail.entry("tests.arrange", MAKER):
            account.person = make(Account._meta.get_field("person").related_model)
            account.save()
    return account.person


def wanted(when: Any) -> dict[str, Any]:
    """The values of fields that a condition asks for; one that asks for others than some asks for none."""
    found: dict[str, Any] = {}
    plain = isinstance(when, Q) and when.connector == Q.AND and not when.negated
    for name, value in when.children if plain else ():
        field, _separator, look_up = name.partition("__")
        if look_up == "in":
            found[field] = sorted(value)[0]
        elif not look_up and value is not None:
            found[field] = value
    return found
