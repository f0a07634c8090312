"""Keeping budget lines; an adopted version takes no more changes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, clean_row, command
from meridian.engine.policies import Actor
from meridian.steering.budgets.models import CHANGES, BudgetLine, BudgetVersion, Fund
from meridian.steering.budgets.rules.paste import Pasted


@command("budgets.budgetline.add", on=BudgetLine)
def add_line(*, actor: Actor, **fields: Any) -> BudgetLine:
    """Add a line to a version that is not adopted."""
    return _write(BudgetLine(), fields)


@command("budgets.budgetline.change", on=BudgetLine, target="row")
def change_line(*, actor: Actor, row: BudgetLine, **fields: Any) -> BudgetLine:
    """Change a line of a version that is not adopted."""
    refuse_adopted(row.budget_version)
    return _write(row, fields)


@command("budgets.budgetline.remove", on=BudgetLine, target="row")
def remove_line(*, actor: Actor, row: BudgetLine) -> None:
    """Remove a line of a version that is not adopted."""
    refuse_adopted(row.budget_version)
    row.delete()


def paste_lines(
    *, actor: Actor, version: BudgetVersion, rows: Sequence[Pasted], units: dict[str, Any]
) -> int:
    """Take in pasted rows: a line with the same unit, fund and object is changed, others are added.

    `units` are the units by code. The words are unit, fund and object codes; the first fault
    names its row and column, and nothing is written then. Returns how many rows went in.
    """
    refuse_adopted(version)
    objects = _objects()
    existing = {
        (line.unit_id, line.fund, line.object_id): line
        for line in version.lines.filter(component=None, project=None, activity="other")
    }
    with trail.entry("budgets.budgetline.paste", actor):
        for row in rows:
            unit = units.get(row.words["unit"]) or _unknown(row, "unit", sorted(units))
            fund = row.words["fund"]
            if fund not in Fund.values:
                _unknown(row, "fund", Fund.values)
            named = row.words["object"]
            if named and named not in objects:
                _unknown(row, "object", sorted(objects))
            target = objects.get(named)
            found = existing.get((unit.pk, fund, target.pk if target else None))
            fields: dict[str, Any] = {**row.amounts, "change_reason": row.words["reason"]}
            if found:
                change_line(actor=actor, row=found, **fields)
            else:
                add_line(actor=actor, budget_version=version, unit=unit, fund=fund, object=target, **fields)
    return len(rows)


def refuse_adopted(version: BudgetVersion) -> None:
    """Raise `Refusal` when the version is adopted."""
    if version.adopted_at:
        raise Refusal(
            gettext_lazy("This version is adopted. Make a revised version of it and change that one."),
            "budget_version",
        )


def _write(row: BudgetLine, fields: dict[str, Any]) -> BudgetLine:
    for name, value in fields.items():
        setattr(row, name, value)
    refuse_adopted(row.budget_version)
    for name in CHANGES:
        setattr(row, name, Decimal(getattr(row, name)))
    clean_row(row)
    row.save()
    return row


def _objects() -> dict[str, Any]:
    values: Any = BudgetLine._meta.get_field("object").related_model
    return {value.code: value for value in values.objects.filter(axis="object")}


def _unknown(row: Pasted, column: str, known: Sequence[str]) -> Any:
    raise Refusal(
        _("Row %(row)s, %(column)s: there is no “%(code)s”; known are %(known)s. Nothing was taken in.")
        % {"row": row.number, "column": column, "code": row.words[column], "known": ", ".join(known[:12])}
    )
