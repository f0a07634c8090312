"""Versions of a budget: begun, carried to the next stage, recosted, adopted into the ledger, spent from."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Warned, clean_row, command
from meridian.engine.figures import amount_text, number_text, percent_text
from meridian.engine.policies import Actor
from meridian.engine.records.together import write_together
from meridian.kernel.recosting import in_order, shapley
from meridian.registers.ledger import facade as ledger
from meridian.registers.ledger.contracts import DimensionName, Dimensions, Draft, Leg
from meridian.steering.budgets.commands.lines import refuse_adopted, write_to
from meridian.steering.budgets.models import CHANGES, EFFECTS, BudgetLine, BudgetVersion
from meridian.steering.budgets.models.versions import Together

CENT = Decimal("0.01")
UNCHANGED = Decimal(0)
MOST_FACTOR = 1000
POST_OBJECTS = frozenset({"posts", "post"})
BOOK, ACTUAL = "budget", "actual"


@command("budgets.budgetversion.add", on=BudgetVersion)
def add_version(*, actor: Actor, **fields: Any) -> BudgetVersion:
    """Begin a version of a period."""
    version = BudgetVersion(**fields)
    clean_row(version)
    version.save()
    return version


@command("budgets.budgetversion.remove", on=BudgetVersion, target="row")
def remove_version(*, actor: Actor, row: BudgetVersion) -> None:
    """Remove a version without lines that is not adopted."""
    refuse_adopted(row)
    row.delete()


@command("budgets.budgetversion.carry", on=BudgetVersion, target="row")
def carry_version(*, actor: Actor, row: BudgetVersion, stage: str) -> BudgetVersion:
    """Copy a version with all of its lines to another stage of the same period."""
    copy = BudgetVersion(period_kind=row.period_kind, start_year=row.start_year, stage=stage, based_on=row)
    clean_row(copy)
    copy.save()
    kept = [
        found.name
        for found in BudgetLine._meta.concrete_fields
        if found.name not in ("id", "version", "budget_version") and not found.generated
    ]
    BudgetLine.objects.bulk_create(
        BudgetLine(budget_version=copy, **{name: getattr(line, name) for name in kept})
        for line in row.lines.select_related(*("object", "component", "project", "unit"))
    )
    return copy


def _warn_of_recosting(rows: list[BudgetVersion], given: Mapping[str, Any]) -> Warned:
    (row,) = rows
    found = row.lines.aggregate(count=Count("pk"), recosting=Sum("recosting_usd"))
    facts = {
        "version": row,
        "count": number_text(found["count"]),
        "recosting": amount_text(found["recosting"] or 0),
        "together": Together(given.get("together") or Together.ORDER).label,
        **{
            name: percent_text(given.get(f"{name}_percent") or UNCHANGED)
            for name in ("inflation", "exchange", "vacancy")
        },
    }
    return Warned(
        title=_("Recost %(version)s?") % facts,
        does=(
            _("Inflation, exchange rates and vacancy of all %(count)s lines are reckoned anew.") % facts,
            _(
                "Inflation %(inflation)s, exchange rates %(exchange)s, vacancy of posts %(vacancy)s;"
                " effects that act together: %(together)s."
            )
            % facts,
        ),
        lost=_("The recosting that stands there, USD %(recosting)s in all, is overwritten.") % facts
        if found["recosting"]
        else _("What stands there as their recosting is overwritten."),
        button=_("Recost every line"),
        done=_("All %(count)s lines of %(version)s are recosted.") % facts,
    )


@command("budgets.budgetversion.recost", on=BudgetVersion, target="row", warns=_warn_of_recosting)
def recost_version(
    *,
    actor: Actor,
    row: BudgetVersion,
    inflation_percent: Decimal = UNCHANGED,
    exchange_percent: Decimal = UNCHANGED,
    vacancy_percent: Decimal = UNCHANGED,
    together: Together = Together.ORDER,
) -> BudgetVersion:
    """Set the recosting of every line: each effect by itself, adding exactly to the whole.

    The changes are in per cent; that of vacancy counts for posts only.
    """
    write_to(row.pk)
    inflation = _factor(inflation_percent, "inflation_percent")
    exchange = _factor(exchange_percent, "exchange_percent")
    vacancy = _factor(vacancy_percent, "vacancy_percent")
    split = shapley if together == Together.SHAPLEY else in_order
    lines = list(row.lines.select_related("object"))
    for line in lines:
        is_post = line.object is not None and line.object.code in POST_OBJECTS
        factors = {
            "inflation_usd": inflation,
            "exchange_usd": exchange,
            "vacancy_usd": vacancy if is_post else Fraction(1),
        }
        cents = int((line.base_usd + sum(getattr(line, name) for name in CHANGES)) / CENT)
        for name, effect in split(cents, factors).items():
            setattr(line, name, effect * CENT)
    write_together(lines, EFFECTS)
    row.refresh_from_db()
    return row


def _factor(percent: Decimal, name: str) -> Fraction:
    """By what a change in per cent multiplies."""
    factor = 1 + Fraction(percent) / 100
    if not 0 < factor <= MOST_FACTOR:
        said = _("A change by %(percent)s can't be meant.") % {"percent": percent_text(percent)}
        raise Refusal(said, name)
    return factor


def _warn_of_adopting(rows: list[BudgetVersion], _given: Any) -> Warned:
    (row,) = rows
    found = row.lines.aggregate(count=Count("pk"), estimate=Sum("estimate_usd"))
    facts = {
        "version": row,
        "count": number_text(found["count"]),
        "estimate": amount_text(found["estimate"] or 0),
    }
    does: list[Any] = [
        _("The estimates of %(count)s lines, USD %(estimate)s in all, are posted to the ledger.") % facts
    ]
    if any(_posted(row).values()):
        does.append(_("What an earlier version of the same period has posted is reversed by the difference."))
    return Warned(
        title=_("Adopt %(version)s?") % facts,
        does=(*does, _("From then on spending is recorded against these lines.")),
        lost=_("An adopted version can't be taken back, and none of its lines changes any more."),
        button=_("Adopt"),
        done=_(
            "%(version)s is adopted: %(count)s lines stand in the ledger."
            " To change figures again, carry it to another stage."
        )
        % facts,
    )


@command("budgets.budgetversion.adopt", on=BudgetVersion, target="row", warns=_warn_of_adopting)
def adopt_version(*, actor: Actor, row: BudgetVersion) -> BudgetVersion:
    """Adopt a version: its estimates are posted to the ledger and its lines change no more.

    What an earlier version of the same period has posted is reversed by the difference.
    """
    refuse_adopted(row)
    lines = list(row.lines.select_related("unit", "object", "component", "project"))
    if not lines:
        raise Refusal(_("A version without lines can't be adopted."))
    wanted = _amounts(row, lines)
    book = ledger.open_book(actor=actor, code=BOOK, name={"en": "Budget"}, kind="budget")
    posted = _posted(row)
    label = str(row)
    drafts = [
        Draft(
            row.period.period.start_on,
            label,
            _pair("budget:estimates", "budget:authority", wanted.get(key, 0) - posted.get(key, 0), key),
            f"budget version {row.pk}",
        )
        for key in {**wanted, **posted}
        if wanted.get(key, 0) != posted.get(key, 0)
    ]
    _name_values(actor, row, lines)
    ledger.post_entries(actor=actor, book=book, drafts=drafts)
    row.adopted_at = timezone.now()
    row.save()
    return row


@command("budgets.budgetversion.spend", on=BudgetVersion, target="row")
def record_expenditure(
    *, actor: Actor, row: BudgetVersion, line: BudgetLine, amount_usd: Decimal, on: date, description: str
) -> BudgetVersion:
    """Post what was spent on a line of an adopted version to the ledger's actual figures."""
    if not row.adopted_at or line.budget_version_id != row.pk:
        raise Refusal(_("Only lines of this version can be spent from, once it is adopted."))
    if on not in row.period.period:
        raise Refusal(
            _("%(day)s lies outside of the period %(period)s.") % {"day": on, "period": row.period.label},
            "on",
        )
    cents = int(amount_usd / CENT)
    (key,) = _amounts(row, [line])
    legs = _pair("actual:expenditure", "actual:funds", cents, key)
    source = f"budget version {row.pk}"
    ledger.post_entry(
        actor=actor, book=ledger.book_of(ACTUAL), draft=Draft(on, description or str(line), legs, source)
    )
    return row


def _amounts(version: BudgetVersion, lines: list[BudgetLine]) -> dict[Dimensions, int]:
    found: dict[Dimensions, int] = {}
    for line in lines:
        dimensions = Dimensions(
            fund=line.fund,
            entity=line.unit.code,
            object=line.object.code if line.object else "",
            component=line.component.code if line.component else "",
            project=line.project.code if line.project else "",
            period=version.period.label,
        )
        found[dimensions] = found.get(dimensions, 0) + int(line.estimate_usd / CENT)
    return found


def _posted(version: BudgetVersion) -> dict[Dimensions, int]:
    axes = ("fund", "object", "entity", "project", "component", "period")
    found = ledger.balances(BOOK, "budget:estimates", axes, {"period": version.period.label})
    return {Dimensions(**dict(zip(axes, balance.keys, strict=True))): balance.amount for balance in found}


def _pair(debit: str, credit: str, cents: int, dimensions: Dimensions) -> tuple[Leg, Leg]:
    return Leg(debit, "USD", cents, dimensions), Leg(credit, "USD", -cents, dimensions)


def _name_values(actor: Actor, version: BudgetVersion, lines: list[BudgetLine]) -> None:
    label = version.period.label
    names: Mapping[str, Any] = {line.unit.code: dict(line.unit.name) for line in lines}
    ledger.name_dimensions(
        actor=actor,
        names=[
            DimensionName("period", label, {"en": label}),
            *(DimensionName("entity", code, name) for code, name in names.items()),
        ],
    )
