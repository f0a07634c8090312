"""Keeping budget lines; an adopted version takes no more changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, clean_row, command
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.engine.records.together import write_together
from meridian.kernel.notation.pasting import Pasted
from meridian.steering.budgets.models import CHANGES, BudgetLine, BudgetVersion, Fund

# Seven such amounts still add up within their column.
LARGEST_USD = Decimal(10) ** 15
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class LineChange:
    """New values of a line, and the version of the line from which they were made."""

    version: int
    fields: dict[str, Any]


@command("budgets.budgetline.add", on=BudgetLine)
def add_line(*, actor: Actor, **fields: Any) -> BudgetLine:
    """Add a line to a version that is not adopted."""
    return _write(BudgetLine(), fields)


@command("budgets.budgetline.change", on=BudgetLine, target="row")
def change_line(*, actor: Actor, row: BudgetLine, reason: str = "", **fields: Any) -> BudgetLine:
    """Change a line of a version that is not adopted; another base needs a reason."""
    write_to(row.budget_version_id)
    fault = fault_of(row, fields, reason)
    if fault:
        raise fault
    return _write(row, fields)


@command("budgets.budgetline.change_many", on=BudgetLine, target="rows", action="change")
def change_lines(
    *, actor: Actor, rows: list[BudgetLine], changes: Mapping[int, LineChange], reason: str = ""
) -> list[BudgetLine]:
    """Change many lines of a version at once, each only if nobody changed it meanwhile; all or none."""
    write_to(*{row.budget_version_id for row in rows})
    for row in rows:
        change = changes[row.pk]
        if row.version != change.version:
            raise Refusal(
                _("%(line)s: somebody changed it while you were writing. Nothing was changed; save again.")
                % {"line": row}
            )
        fault = fault_of(row, change.fields, reason)
        if fault:
            raise fault
        for name, value in change.fields.items():
            setattr(row, name, value)
    write_together(rows, ("base_usd", *CHANGES, "change_reason"))
    return rows


@command("budgets.budgetline.remove", on=BudgetLine, target="row")
def remove_line(*, actor: Actor, row: BudgetLine) -> None:
    """Remove a line of a version that is not adopted."""
    write_to(row.budget_version_id)
    row.delete()


def paste_lines(
    *, actor: Actor, version: BudgetVersion, rows: Sequence[Pasted], units: dict[str, Any]
) -> tuple[int, int]:
    """Take in pasted rows: a line with the same unit, fund and object is changed, others are added.

    `units` are the units by code. The words are unit, fund and object codes; the first fault
    names its row and column, and nothing is written then: so is a row that could mean several
    lines. Returns how many lines were added and how many changed.
    """
    refuse_adopted(version)
    objects = _objects()
    existing: dict[tuple[Any, ...], list[BudgetLine]] = {}
    for line in version.lines.filter(component=None, project=None, activity="other"):
        existing.setdefault((line.unit_id, line.fund, line.object_id), []).append(line)
    seen: dict[tuple[Any, ...], int] = {}
    changes: dict[int, LineChange] = {}
    targets: list[BudgetLine] = []
    added = 0
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
            key = (unit.pk, fund, target.pk if target else None)
            found = existing.get(key, [])
            _refuse_twofold(row, found, seen.setdefault(key, row.number))
            fields: dict[str, Any] = {**row.amounts, "change_reason": row.words["reason"]}
            if not found:
                add_line(actor=actor, budget_version=version, unit=unit, fund=fund, object=target, **fields)
                added += 1
            elif any(getattr(found[0], name) != value for name, value in fields.items()):
                changes[found[0].pk] = LineChange(found[0].version, fields)
                targets += found
        if targets:
            change_lines(actor=actor, rows=targets, changes=changes)
    return added, len(targets)


def fault_of(line: BudgetLine, fields: Mapping[str, Any], reason: str = "") -> Refusal | None:
    """What is wrong with new values of a line, None if nothing is; `reason` explains another base."""
    now = {name: Decimal(fields.get(name, getattr(line, name))) for name in ("base_usd", *CHANGES)}
    for name, value in now.items():
        if abs(value) >= LARGEST_USD:
            return Refusal(_("This amount is too large for a budget line."), name)
    why = str(fields.get("change_reason", line.change_reason)).strip()
    if len(why) > LONGEST_REASON:
        return Refusal(
            _("A reason has at most %(most)s characters.") % {"most": LONGEST_REASON}, "change_reason"
        )
    if any(now[name] for name in CHANGES) and not why:
        return Refusal(_("Say why the amount changes: a change needs its reason."), "change_reason")
    if now["base_usd"] != line.base_usd and not reason.strip() and why in ("", line.change_reason):
        return Refusal(_("Another base needs a reason: say why it changes."), "change_reason")
    return None


def _refuse_twofold(row: Pasted, found: Sequence[BudgetLine], first: int) -> None:
    if len(found) > 1:
        raise Refusal(
            _(
                "Row %(row)s could mean any of %(count)s lines with this unit, fund and object."
                " Change them in the grid. Nothing was taken in."
            )
            % {"row": row.number, "count": len(found)}
        )
    if first != row.number:
        raise Refusal(
            _("Rows %(first)s and %(row)s are the same line. Nothing was taken in.")
            % {"first": first, "row": row.number}
        )


def write_to(*versions: int) -> None:
    """Raise `Refusal` when one of these versions of a budget is adopted; until the end of the transaction
    none is then adopted by somebody else.

    Each becomes another to whoever read it before its lines changed: a decision on what it was in all is
    not taken on what it is now.
    """
    for key in sorted(versions):
        BudgetVersion.objects.filter(pk=key).update(stage=F("stage"))
    for version in BudgetVersion.objects.filter(pk__in=versions):
        refuse_adopted(version)


def refuse_adopted(version: BudgetVersion) -> None:
    """Raise `Refusal` when the version is adopted."""
    if version.adopted_at:
        raise Refusal(
            _("This version is adopted. Make a revised version of it and change that one."),
            "budget_version",
        )


def _write(row: BudgetLine, fields: dict[str, Any]) -> BudgetLine:
    for name, value in fields.items():
        setattr(row, name, value)
    write_to(row.budget_version_id)
    for name in CHANGES:
        setattr(row, name, Decimal(getattr(row, name)))
    clean_row(row)
    row.save()
    return row


def _objects() -> dict[str, Any]:
    values = reference("ledger.DimensionValue")
    return {value.code: value for value in values.objects.filter(axis="object")}


def _unknown(row: Pasted, column: str, known: Sequence[str]) -> Any:
    raise Refusal(
        _("Row %(row)s, %(column)s: there is no “%(code)s”; known are %(known)s. Nothing was taken in.")
        % {"row": row.number, "column": column, "code": row.words[column], "known": ", ".join(known[:12])}
    )
