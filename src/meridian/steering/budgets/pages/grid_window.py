"""The part of a version's lines that a page shows, and the totals over all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.figures import amount_text, number_text
from meridian.engine.listing.lookup import suggestion
from meridian.engine.listing.parameters import NotUnderstood, one_of, shown, whole_number
from meridian.engine.modules.registry import proof_address
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.kernel.words import near
from meridian.steering.budgets.models import Activity, BudgetLine, BudgetVersion, Function, Fund
from meridian.steering.budgets.pages.grid_reading import EDITED, REASON, Typed, cell_text

SUMMED = ("change_usd", "before_recosting_usd", "recosting_usd", "estimate_usd")
# Six inputs a line stay below the thousand that a form may have.
LINES_ON_A_PAGE = 150
NARROWED_BY = ("unit", "fund", "from")
MOST_COMPARED = 2_000
# Two lines of one unit, fund and object differ in one of these.
FINER = ("function", "activity", "component", "project")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which lines are asked for: those of units whose code begins so, of a fund, from a place on."""

    unit: str
    fund: str
    first: int

    @classmethod
    def of(cls, query: QueryDict) -> "Narrowed":
        """What the address says; what it can't mean is refused."""
        fund, first = query.get("fund", ""), query.get("from", "") or "1"
        one_of("fund", fund, {"": "", **dict(Fund.choices)})
        number = whole_number(first) or 0
        if number < 1:
            said = _("“%(text)s” is no line of this list: lines are counted from 1.") % {"text": shown(first)}
            raise NotUnderstood({"from": said})
        return cls(query.get("unit", "").strip(), fund, number)

    def query(self, first: int | None = None) -> str:
        """The same lines as a query of an address, from another place on."""
        given = {"unit": self.unit, "fund": self.fund, "from": str(first or self.first)}
        return urlencode(
            {name: value for name, value in given.items() if value and (name, value) != ("from", "1")}
        )


@dataclass(frozen=True, slots=True)
class Window:
    """The lines of a page, the count and sums of all, and the finer dimensions in which they differ."""

    asked: Narrowed
    lines: list[BudgetLine]
    count: int
    sums: dict[str, Decimal]
    finer: tuple[str, ...]
    yours: frozenset[int]

    @property
    def first(self) -> int:
        return min(self.asked.first, max(1, self.count))

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


def window_of(actor: Actor, version: BudgetVersion, asked: Narrowed) -> Window:
    """Three statements, however many lines there are, and one more where units are asked for."""
    known_unit(actor, asked.unit)
    rows = narrowed_lines(BudgetLine.objects.permitted(actor).filter(budget_version=version), asked)
    summed: dict[str, Any] = {f"sum_{name}": Sum(name) for name in (*EDITED, *SUMMED)}
    differing: dict[str, Any] = {f"kinds_{name}": Count(name, distinct=True) for name in FINER}
    found = rows.aggregate(lines=Count("pk"), **summed, **differing)
    first = min(asked.first, max(1, found["lines"])) - 1
    lines = list(
        rows.select_related("unit", "object", "component", "project", "budget_version").order_by(
            "unit__code", "fund", "object__code", "function", "activity", "pk"
        )[first : first + LINES_ON_A_PAGE]
    )
    keys = [line.pk for line in lines]
    yours = BudgetLine.objects.permitted(actor, "change").filter(pk__in=keys).values_list("pk", flat=True)
    # A component or project beside lines without one tells lines apart, too.
    finer = tuple(name for name in FINER if found[f"kinds_{name}"] > int(name in FINER[:2]))
    sums = {name: found[f"sum_{name}"] or Decimal(0) for name in (*EDITED, *SUMMED)}
    return Window(asked, lines, found["lines"], sums, finer, frozenset(yours))


def known_unit(actor: Actor, unit: str) -> str:
    """How the codes of units begin; a beginning that no code has is refused, with the near ones."""
    units = reference("organisation.Unit").objects.permitted(actor).order_by("code")
    if unit and ("\0" in unit or not units.filter(code__istartswith=unit).exists()):
        said = _("There is no unit whose code begins with “%(unit)s”.") % {"unit": shown(unit)}
        meant = suggestion(near(unit, units.values_list("code", flat=True)[:MOST_COMPARED]))
        raise NotUnderstood({"unit": f"{said} {meant}".rstrip()})
    return unit


def narrowed_lines(rows: QuerySet[BudgetLine], asked: Narrowed) -> QuerySet[BudgetLine]:
    """Those of the lines that are asked for."""
    if asked.unit:
        rows = rows.filter(unit__code__istartswith=asked.unit)
    return rows.filter(fund=asked.fund) if asked.fund else rows


def pages_of(window: Window) -> dict[str, Any]:
    """Where the page stands among all lines, and the queries of its neighbours."""
    before, after = window.first - LINES_ON_A_PAGE, window.last + 1
    return {
        "said": _("Lines %(first)s–%(last)s of %(count)s")
        % {
            "first": number_text(window.first),
            "last": number_text(window.last),
            "count": number_text(window.count),
        },
        "earlier": window.asked.query(max(1, before)) if window.first > 1 else None,
        "later": window.asked.query(after) if after <= window.count else None,
        "after": after if after <= window.count else "",
        "here": window.asked.query(window.first),
        "count": window.count,
        "count_text": number_text(window.count),
    }


def totals_of(window: Window, version: BudgetVersion, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """The sums over all lines that were asked for, not only over those of the page, with their proofs."""
    asked = {"version": version.pk, "unit": window.asked.unit, "fund": window.asked.fund}
    return [
        {
            "text": amount_text(window.sums[name]),
            "label": titles[name],
            "proof": proof_address("budgets.version_total", window.sums[name], column=name, **asked),
        }
        for name in (*EDITED, *SUMMED)
    ]


def row_of(
    line: BudgetLine, window: Window, typed: Typed, objects: Mapping[str, str], titles: Mapping[str, str]
) -> dict[str, Any]:
    """A line as the grid shows it; its inputs only for those who may change it."""
    named = objects.get(line.object.code, str(line.object)) if line.object else "–"
    finer = [_finer(line, name) for name in window.finer]
    told = " · ".join(filter(None, finer))
    place = ", ".join(filter(None, (line.unit.code, line.get_fund_display(), named, told)))

    def cell(name: str, value: str) -> dict[str, Any]:
        key = f"{name}-{line.pk}"
        return {
            "name": key,
            "label": f"{titles[name]}, {place}",
            "value": typed.texts.get(key, value),
            "fault": typed.faults.get(key, ""),
            "title": titles[name],
            "place": place,
        }

    return {
        "line": line,
        "object": named,
        "finer": told,
        "yours": line.pk in window.yours,
        "inputs": [cell(name, cell_text(getattr(line, name))) for name in EDITED],
        "figures": [amount_text(getattr(line, name)) for name in EDITED],
        "sums": [amount_text(getattr(line, name)) for name in SUMMED],
        "reason": cell(REASON, line.change_reason),
    }


def _finer(line: BudgetLine, name: str) -> str:
    if name == "function":
        return str(Function(line.function).label)
    if name == "activity":
        return str(Activity(line.activity).label)
    value = getattr(line, name)
    return str(value) if value else ""
