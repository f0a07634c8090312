"""The budget grid: every line of a version in one form, with its changes beside their reasons."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.policies import Actor, policy_of
from meridian.steering.budgets import commands
from meridian.steering.budgets.models import CHANGES, BudgetLine, BudgetVersion, Stage
from meridian.steering.budgets.queries.accounts import budget_against_actual
from meridian.steering.budgets.queries.labels import labels_of
from meridian.steering.budgets.rules.paste import PasteFault, read_amount, read_paste

EDITED = ("base_usd", *CHANGES)
SUMMED = ("change_usd", "before_recosting_usd", "recosting_usd", "estimate_usd")
MOST_LINES = 300
PASTED_WORDS = ("unit", "fund", "object")


@dataclass(frozen=True, slots=True)
class Typed:
    """An input of the grid: its name in the form and what stands in it."""

    name: str
    label: str
    value: str


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, so that a grid is one step away."""
    rows = BudgetVersion.objects.permitted(request.actor).order_by("-start_year", "period_kind", "pk")
    if not request.actor.known:
        raise Unpermitted(_("Sign in to see budgets."))
    may_add = policy_of(BudgetVersion).may(request.actor, "add")
    return render(request, "budgets/versions.html", {"versions": rows[:200], "may_add": may_add})


@require_safe
def grid(request: HttpRequest, key: int) -> HttpResponse:
    """The lines of a version that the actor may see, in one form."""
    return _shown(request, _version(request.actor, key), {}, "")


@require_POST
def act(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Carry out one of the verbs of a version; a refusal shows the grid with what was typed."""
    version = _version(request.actor, key)
    verbs: dict[str, Callable[[HttpRequest, BudgetVersion], BudgetVersion]] = {
        "save": _save,
        "paste": _paste,
        "recost": _recost,
        "carry": _carry,
        "adopt": _adopt,
    }
    if verb not in verbs:
        raise Unseen(_("There is no such verb."))
    try:
        shown = verbs[verb](request, version)
    except Unpermitted:
        raise
    except (Refusal, PasteFault) as fault:
        return _shown(request, version, request.POST, str(fault), status=422)
    return redirect("budgets-grid", key=shown.pk)


def _version(actor: Actor, key: int) -> BudgetVersion:
    version = BudgetVersion.objects.permitted(actor).select_related("based_on").filter(pk=key).first()
    if version is None and not actor.known:
        raise Unpermitted(_("Sign in to see budgets."))
    if version is None:
        raise Unseen(_("There is no such version, or it is not yours to see."))
    return version


def _lines(actor: Actor, version: BudgetVersion, action: str = "view") -> Iterable[BudgetLine]:
    return (
        BudgetLine.objects.permitted(actor, action)
        .filter(budget_version=version)
        .select_related("unit", "object", "component", "project", "budget_version")
        .order_by("unit__code", "fund", "pk")[:MOST_LINES]
    )


def _save(request: HttpRequest, version: BudgetVersion) -> BudgetVersion:
    """Change every line whose cells differ; all of them or none."""
    changed = 0
    with trail.entry("budgets.budgetversion.save", request.actor):
        for number, line in enumerate(_lines(request.actor, version, "change"), 1):
            if f"base_usd-{line.pk}" not in request.POST:
                continue
            given: dict[str, Any] = {
                name: read_amount(request.POST.get(f"{name}-{line.pk}", ""), number, _title(name))
                for name in EDITED
            }
            given["change_reason"] = request.POST.get(f"change_reason-{line.pk}", "").strip()
            if any(getattr(line, name) != value for name, value in given.items()):
                commands.change_line(actor=request.actor, row=line, **given)
                changed += 1
    messages.success(request, _("Lines changed: %(count)s.") % {"count": changed})
    return version


def _paste(request: HttpRequest, version: BudgetVersion) -> BudgetVersion:
    rows = read_paste(request.POST.get("pasted", ""), PASTED_WORDS, EDITED)
    unit: Any = BudgetLine._meta.get_field("unit").related_model
    units = unit.objects.permitted(request.actor)
    known = {found.code: found for found in units.filter(code__in={row.words["unit"] for row in rows})}
    count = commands.paste_lines(actor=request.actor, version=version, rows=rows, units=known)
    messages.success(request, _("Lines taken in: %(count)s.") % {"count": count})
    return version


def _recost(request: HttpRequest, version: BudgetVersion) -> BudgetVersion:
    recosting = commands.Recosting(
        inflation=1 + _percent(request, "inflation"),
        exchange=1 + _percent(request, "exchange"),
        vacancy=1 + _percent(request, "vacancy"),
        by_shapley=request.POST.get("method") == "shapley",
    )
    commands.recost_version(actor=request.actor, row=version, recosting=recosting)
    messages.success(request, _("Every line is recosted."))
    return version


def _percent(request: HttpRequest, name: str) -> Fraction:
    return Fraction(read_amount(request.POST.get(name, ""), 1, name)) / 100


def _carry(request: HttpRequest, version: BudgetVersion) -> BudgetVersion:
    stage = request.POST.get("stage", "")
    return commands.carry_version(actor=request.actor, row=version, stage=stage)


def _adopt(request: HttpRequest, version: BudgetVersion) -> BudgetVersion:
    return commands.adopt_version(actor=request.actor, row=version)


def _shown(
    request: HttpRequest, version: BudgetVersion, typed: Any, fault: str, *, status: int = 200
) -> HttpResponse:
    lines, objects = list(_lines(request.actor, version)), labels_of("object")
    may = policy_of(BudgetVersion).may
    taken = set(
        BudgetVersion.objects.filter(
            period_kind=version.period_kind, start_year=version.start_year
        ).values_list("stage", flat=True)
    )
    context = {
        "version": version,
        "period": version.period.period,
        "editable": not version.adopted_at and policy_of(BudgetLine).may(request.actor, "change"),
        "may_recost": may(request.actor, "recost") and not version.adopted_at,
        "may_carry": may(request.actor, "carry"),
        "may_adopt": may(request.actor, "adopt") and not version.adopted_at and bool(lines),
        "stages": [(value, label) for value, label in Stage.choices if value not in taken],
        "edited": [_title(name) for name in EDITED],
        "summed": [_title(name) for name in SUMMED],
        "rows": [_row(line, typed, objects) for line in lines],
        "totals": [_money(sum((getattr(line, n) for line in lines), Decimal(0))) for n in (*EDITED, *SUMMED)],
        "against": _against(version) if version.adopted_at else [],
        "pasted": typed.get("pasted", ""),
        "fault": fault,
    }
    return render(request, "budgets/grid.html", context, status=status)


def _row(line: BudgetLine, typed: Any, objects: Mapping[str, str]) -> dict[str, Any]:
    place = f"{line.unit.code}, {line.get_fund_display()}"
    return {
        "line": line,
        "object": objects.get(line.object.code, line.object) if line.object else "–",
        "inputs": [
            Typed(
                f"{name}-{line.pk}",
                f"{_title(name)}, {place}",
                typed.get(f"{name}-{line.pk}", f"{getattr(line, name)}"),
            )
            for name in EDITED
        ],
        "figures": [_money(getattr(line, name)) for name in EDITED],
        "sums": [_money(getattr(line, name)) for name in SUMMED],
        "reason": Typed(
            f"change_reason-{line.pk}",
            f"{_('Reason')}, {place}",
            typed.get(f"change_reason-{line.pk}", line.change_reason),
        ),
    }


def _against(version: BudgetVersion) -> list[dict[str, str]]:
    return [
        {
            "label": found.label or _("Without an object"),
            "budget": _money(found.budget_usd),
            "actual": _money(found.actual_usd),
            "left": _money(found.left_usd),
            "percent": "–" if found.spent_percent is None else number_format(found.spent_percent, 1),
        }
        for found in budget_against_actual(version)
    ]


def _money(amount: Decimal) -> str:
    """Whole dollars where there are no cents; below zero in brackets, nil a dash."""
    if not amount:
        return "–"
    text = number_format(abs(amount), 0 if amount == int(amount) else 2, force_grouping=True)
    return f"({text})" if amount < 0 else text


def _title(name: str) -> str:
    titles = {
        "base_usd": _("Base"),
        "technical_usd": _("Technical adjustments"),
        "mandates_usd": _("New mandates"),
        "other_usd": _("Other changes"),
        "change_usd": _("Total change"),
        "before_recosting_usd": _("Before recosting"),
        "recosting_usd": _("Recosting"),
        "estimate_usd": _("Estimate"),
    }
    return titles[name]
