"""Whom an expression means today."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.records import reference
from meridian.registers.access.contracts import PersonKind
from meridian.registers.access.facade import holders_of, nearest_of_kind, people_of
from meridian.registers.cost_centres.facade import owner_of, owners_above
from meridian.work.approvals import rules
from meridian.work.approvals.rules import Expression
from meridian.work.servicedesk.facade import Membership

Person, Unit = reference("people.Person"), reference("organisation.Unit")


def people_asked(
    expressions: Iterable[str], barred: frozenset[int], unit_path: str, centre: Any
) -> dict[int, str]:
    """The people whom expressions mean, each with the first that names them; never those who are barred.

    Raises `Refusal` for what is no expression, and names those that mean nobody.
    """
    found: dict[int, str] = {}
    for text in expressions:
        expression = rules.read_expression(text)
        if expression is None:
            raise Refusal(_("“%(text)s” does not say who is asked.") % {"text": text}, "approvers")
        for person in _meant(expression, barred, unit_path, centre):
            found.setdefault(person, text)
    able = Person.objects.filter(pk__in=found.keys() - barred, left_on=None)
    staying = set(able.values_list("pk", flat=True))
    return {person: text for person, text in found.items() if person in staying}


def _meant(expression: Expression, barred: frozenset[int], unit_path: str, centre: Any) -> list[int]:
    if expression.kind == rules.PERSON:
        return list(Person.objects.filter(number=expression.name).values_list("pk", flat=True))
    if expression.kind == rules.TEAM:
        return list(Membership.objects.filter(team__code=expression.name).values_list("person", flat=True))
    if expression.kind == rules.OWNER:
        owner = owner_of(expression.name) if expression.name else getattr(centre, "owner_id", None)
        return [owner] if owner else []
    if expression.kind == rules.HOLDER:
        path = unit_path
        if expression.place:
            path = Unit.objects.filter(code=expression.place).values_list("path", flat=True).first() or "-"
        return sorted(people_of(holders_of(expression.name, path)))
    return _chief(barred, unit_path)


def _chief(barred: frozenset[int], unit_path: str) -> list[int]:
    """The chief of the requester's unit, or of the nearest above where that is somebody barred; where no
    role says who is chief, whoever answers for the money of the unit."""
    for people in nearest_of_kind(PersonKind.CHIEF, unit_path):
        if people - barred:
            return sorted(people - barred)
    return [owner for owner in owners_above(unit_path) if owner not in barred][:1]
