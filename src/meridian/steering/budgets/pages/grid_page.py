"""How the grid is shown: its rows and totals, what may be done, and what was typed and refused."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import amount_text, number_text
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.verb_page import actions_of
from meridian.engine.policies import Actor, Request, policy_of
from meridian.steering.budgets.models import BudgetLine, BudgetVersion, Fund
from meridian.steering.budgets.pages.grid_reading import EDITED, Typed, shown_values
from meridian.steering.budgets.pages.grid_window import (
    SUMMED,
    Narrowed,
    Window,
    pages_of,
    row_of,
    totals_of,
    window_of,
)
from meridian.steering.budgets.queries.accounts import Against, budget_against_actual
from meridian.steering.budgets.queries.labels import labels_of
from meridian.steering.budgets.resources import BudgetVersionResource


def shown_grid(
    request: Request, version: BudgetVersion, typed: Typed, fault: str, *, status: int = 200
) -> HttpResponse:
    window = window_of(request.actor, version, Narrowed.of(request.GET))
    objects, titles = labels_of("object"), titles_of_columns()
    rows = [row_of(line, window, typed, objects, titles) for line in window.lines]
    cells = [cell for row in rows for cell in (*row["inputs"], row["reason"]) if cell["fault"]]
    context = {
        "version": version,
        "period": version.period.period,
        **_rights(request.actor, version, window, keep_open=status != 200),
        "edited": [titles[name] for name in EDITED],
        "summed": [titles[name] for name in SUMMED],
        "rows": rows,
        "shown": shown_values(line for line in window.lines if line.pk in window.yours),
        "pages": pages_of(window),
        "asked": window.asked,
        "funds": Fund.choices,
        "totals": totals_of(window, version, titles),
        "against": _against(version) if version.adopted_at else [],
        "texts": typed.texts,
        "reason": request.POST.get("reason", ""),
        "fault": fault,
        "faulty": cells,
    }
    return render(request, "budgets/grid.html", context, status=status)


def _rights(actor: Actor, version: BudgetVersion, window: Window, *, keep_open: bool) -> dict[str, Any]:
    """What may be done; after a refusal the inputs stay even if the version was adopted meanwhile."""
    is_open = not version.adopted_at
    return {
        "editable": (is_open or keep_open) and bool(window.yours),
        "may_paste": is_open and policy_of(BudgetLine).may(actor, "add"),
        "actions": [*_list_of_lines(actor, version), *actions_of(BudgetVersionResource, actor, version)],
    }


def _list_of_lines(actor: Actor, version: BudgetVersion) -> list[dict[str, Any]]:
    """The way to the lines as a list, for whoever may see any."""
    if not policy_of(BudgetLine).may(actor, "view"):
        return []
    url = f"{reverse('budgets-budgetline-list')}?budget_version={version.pk}"
    return [{"title": _("Lines as a list"), "url": url}]


def _against(version: BudgetVersion) -> list[dict[str, str]]:
    def proof(found: Against, what: str, amount: Decimal) -> str:
        return proof_address("budgets.against", amount, version=version.pk, object=found.key, what=what)

    return [
        {
            "label": found.label or _("Without an object"),
            "budget": amount_text(found.budget_usd),
            "actual": amount_text(found.actual_usd),
            "budget_proof": proof(found, "budget", found.budget_usd),
            "actual_proof": proof(found, "actual", found.actual_usd),
            "left": amount_text(found.left_usd),
            "percent": "–" if found.spent_percent is None else number_text(found.spent_percent, 1),
        }
        for found in budget_against_actual(version)
    ]


def titles_of_columns() -> dict[str, str]:
    return {
        "base_usd": _("Base"),
        "technical_usd": _("Technical adjustments"),
        "mandates_usd": _("New mandates"),
        "other_usd": _("Other changes"),
        "change_reason": _("Reason"),
        "change_usd": _("Total change"),
        "before_recosting_usd": _("Before recosting"),
        "recosting_usd": _("Recosting"),
        "estimate_usd": _("Estimate"),
    }
