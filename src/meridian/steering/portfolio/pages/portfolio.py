"""The portfolio page: what is on its way, what was chosen and why, the frontier, the ceilings."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.design.charts import frontier_chart
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import instant_text, number_text
from meridian.engine.figures.millions import usd_millions
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request, policy_of
from meridian.engine.resources import resource_of, unseen_text
from meridian.kernel.console import Fault
from meridian.solvers.selection.facade import select
from meridian.steering.portfolio.commands import choose
from meridian.steering.portfolio.models import Proposal, Selection
from meridian.steering.portfolio.pages.swaps import explained
from meridian.steering.portfolio.queries import names_of_axis, selection_problem, top_unit
from meridian.steering.portfolio.rules.gates import STAGES

SECONDS = 20


@needs("portfolio.proposal.view")
@require_safe
def home(request: Request) -> HttpResponse:
    """The portfolio as its last selection left it."""
    proposals = Proposal.objects.permitted(request.actor, "view")
    names = {row.code: row for row in proposals}
    selection = Selection.objects.permitted(request.actor, "view").order_by("-pk").first()
    context: dict[str, Any] = {
        "stages": _stages(proposals),
        "may_choose": policy_of(Selection).may(request.actor, "choose"),
        "may_add": policy_of(Proposal).may(request.actor, "add"),
        "has_proposals": bool(names),
        "selection": selection,
    }
    if selection is not None:
        context |= _shown(selection, names)
    return render(request, "portfolio/portfolio.html", context)


@needs("portfolio.selection.choose")
@require_POST
def choose_page(request: Request) -> HttpResponse:
    """Choose anew from everything the actor may see, and keep the answer."""
    problem = selection_problem(request.actor)
    unit = top_unit(request.actor)
    if not problem.choices or unit is None:
        messages.error(request, _("No proposal has an option with lines yet: write one down first."))
        return redirect("portfolio-home")
    try:
        choose(actor=request.actor, unit=unit, answer=select(problem, seconds=SECONDS))
    except Fault as fault:
        messages.error(request, fault.message)
    return redirect("portfolio-home")


def _stages(proposals: Any) -> list[dict[str, Any]]:
    counts = dict(proposals.order_by().values_list("state").annotate(Count("pk")))
    labels = dict(Proposal.State.choices)
    url = reverse("portfolio-proposal-list")
    return [
        {
            "number": number_text(counts.get(state, 0)),
            "label": labels[state],
            "tone": resource_of(Proposal).tone_of(state),
            "url": f"{url}?state={state}",
            "proof": proof_address("portfolio.proposals", counts.get(state, 0), state=state),
        }
        for state in STAGES
    ]


def _shown(selection: Selection, names: dict[str, Proposal]) -> dict[str, Any]:
    answer = selection.answer
    proven = selection.status == "proven"
    tiles = [
        {"number": usd_millions(selection.value_usd), "label": _("Value today, USD million")},
        {
            "number": usd_millions(selection.bound_usd),
            "label": _("Proven: no portfolio is worth more")
            if proven
            else _("No portfolio is worth more than this"),
            "tone": "good" if proven else "watch",
        },
        {"number": usd_millions(selection.cost_usd), "label": _("Cost, USD million")},
        {"number": number_text(len(answer["taken"])), "label": _("Projects taken")},
    ]
    title = _("Value over cost of every efficient portfolio")
    figures = (selection.value_usd, selection.bound_usd, selection.cost_usd)
    shown: list[Any] = [*(_millions(figure) for figure in figures), len(answer["taken"])]
    for tile, number, what in zip(tiles, shown, ("value", "bound", "cost", "taken"), strict=True):
        tile["proof"] = proof_address("portfolio.selection", number, selection=selection.pk, what=what)
    return {
        "made_at": instant_text(selection.made_at),
        "tiles": tiles,
        "taken": [_named(names, row["project"]) for row in answer["taken"]],
        "left_out": [_named(names, code) for code in answer["left_out"]],
        "frontier": {
            "title": title,
            "unit": _("USD million"),
            "svg": frontier_chart(
                title, answer["frontier"], answer, [_projects(point, names) for point in answer["frontier"]]
            )
            if answer["frontier"]
            else "",
            "table": _frontier_table(answer, names),
            "note": _(
                "The ring marks what was chosen; left of it money is saved and value lost."
                " The axes do not begin at zero."
            ),
        },
        "limits": _limits_table(answer),
        "swaps": [explained(swap, names) for swap in answer["swaps"]],
        "swaps_missing": len({row["project"] for row in answer["taken"]} | set(answer["left_out"]))
        > len(answer["swaps"]),
    }


def _millions(usd: Decimal) -> Decimal:
    """As a tile prints it."""
    return (usd / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _named(names: dict[str, Proposal], code: str) -> dict[str, str]:
    row = names.get(code)
    return {
        "title": str(row or unseen_text()),
        "url": reverse("portfolio-proposal-detail", args=(row.pk,)) if row else "",
    }


def _projects(point: dict[str, Any], names: dict[str, Proposal]) -> str:
    return ", ".join(str(names.get(row["project"]) or unseen_text()) for row in point["taken"]) or "–"


def _frontier_table(answer: dict[str, Any], names: dict[str, Proposal]) -> Table:
    columns = (
        Column(_("Projects")),
        Column(_("Cost"), "number", why=Unproved.ANSWERED),
        Column(_("Value"), "number", why=Unproved.ANSWERED),
        Column(_("Less than the best"), "number", why=Unproved.ANSWERED),
    )
    rows = [
        Row(
            (
                Cell(_projects(point, names)),
                *(Cell(usd_millions(point[key]), "number") for key in ("cost", "value", "regret")),
            )
        )
        for point in answer["frontier"]
    ]
    return Table(_("Efficient portfolios, USD million"), columns, rows)


def _limits_table(answer: dict[str, Any]) -> Table | None:
    if not answer["limits"]:
        return None
    words = names_of_axis()
    columns = (
        Column(_("Ceiling")),
        Column(_("Period")),
        *(
            Column(title, "number", why=Unproved.ANSWERED)
            for title in (_("Allowed"), _("Used"), _("Free"), _("Worth of one dollar more"))
        ),
    )
    return Table(
        _("Ceilings, USD million, and what one unit more would add"),
        columns,
        [_limit_row(row, words) for row in answer["limits"]],
    )


def _limit_row(limit: dict[str, Any], words: dict[tuple[str, str], str]) -> Row:
    if limit["kind"] == "capacity":
        name = limit["skill"]
        figures = [number_text(Decimal(limit[key]), 1) for key in ("amount", "used", "free")]
    else:
        parts = [
            words.get((axis, limit[axis]), limit[axis]) for axis in ("fund", "object") if limit[axis] != "*"
        ]
        name = " · ".join(parts) or _("All funds")
        figures = [usd_millions(limit[key]) for key in ("amount", "used", "free")]
    price = Decimal(limit["price"])
    return Row(
        (
            Cell(name),
            Cell(limit["period"]),
            *(Cell(text, "number") for text in figures),
            Cell(number_text(price, 2) if price else "–", "number"),
        )
    )
