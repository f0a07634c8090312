"""Who may decide in whose place, today."""

import itertools
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from meridian.engine.records import reference
from meridian.work.approvals.contracts import Standing

Person, Delegation = reference("people.Person"), reference("people.Delegation")
DECIDE = "approvals.approver.decide"
# A substitute who is away has a substitute too; nobody follows further.
LONGEST_CHAIN = 3
# Every pattern of a delegation that covers deciding.
COVERING = [
    ".".join(words)
    for length in (1, 2, 3)
    for words in itertools.product(*[(word, "*") for word in DECIDE.split(".")[:length]])
]


def in_place_of(person: int) -> Q:
    """The approvers in whose place somebody may decide: their own, by substitution, by delegation."""
    mine = Q(person=person) | Q(person__in=_running().filter(taker=person).values("giver"))
    for people in _standing_in(person):
        mine |= Q(person__in=people.values("pk"))
    return mine


def deputies_of(person: int) -> set[int]:
    """Who may decide in somebody's place: substitutes along the chain, and whom they delegated it to."""
    today, last, found = timezone.localdate(), {person}, set[int]()
    for _link in range(LONGEST_CHAIN):
        away = Person.objects.filter(pk__in=last, substitute_until__gte=today)
        last = {deputy for deputy in away.values_list("substitute", flat=True) if deputy is not None}
        found |= last
    found |= set(_running().filter(giver=person).values_list("taker", flat=True))
    return found - {person}


def standing_of(decider: int, person: int) -> str:
    """How somebody decides in the place of an approver; empty when not at all."""
    if decider == person:
        return Standing.SELF
    if any(people.filter(pk=person).exists() for people in _standing_in(decider)):
        return Standing.SUBSTITUTE
    return Standing.DELEGATE if _running().filter(taker=decider, giver=person).exists() else ""


def _standing_in(person: int) -> list[QuerySet[Any]]:
    """For whom somebody stands in, a link of the chain after the other."""
    away = Person.objects.filter(substitute_until__gte=timezone.localdate())
    found: list[QuerySet[Any]] = [away.filter(substitute=person)]
    for _link in range(LONGEST_CHAIN - 1):
        found.append(away.filter(substitute__in=found[-1].values("pk")))
    return found


def _running() -> QuerySet[Any]:
    """Delegations of deciding that hold now."""
    now = timezone.now()
    return Delegation.objects.filter(starts_at__lte=now, ends_at__gt=now, permissions__overlap=COVERING)
