"""What happened to posts between two days: by unit and grade, and action by action."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.commands import Refusal
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text
from meridian.engine.listing.cut import cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.values import url_of
from meridian.steering.establishment.facade import ATTRIBUTES
from meridian.steering.staffing.models import Establishment, PostAction
from meridian.steering.staffing.pages.choice import (
    CHOICE,
    Choice,
    choice_of,
    day_of,
    frame_of,
    shown_value,
    standing_of,
)
from meridian.steering.staffing.pages.table import posts_proof, shown_matrix
from meridian.steering.staffing.queries.costs import cost_effect, rates_on
from meridian.steering.staffing.queries.states import actions_between
from meridian.steering.staffing.queries.view import changes_between, standing
from meridian.steering.staffing.rules.costs import NoRate

MOST_ACTIONS = 300


@needs("staffing.post.view")
@require_safe
@takes(*CHOICE, "since")
def changes_page(request: Request) -> HttpResponse:
    """`on` is the later day, `since` the earlier (the stage before, when it isn't given)."""
    choice = choice_of(request)
    since = day_of(request, "since") or _stage_before(choice)
    later = standing_of(choice, since)
    context = frame_of(choice, later, "staffing-changes")
    if since >= choice.on:
        raise Refusal(_("Give an earlier day to compare with."), "since")
    context |= {"since": since, "since_text": day_text(since)}
    if later is not None and choice.establishment is not None:
        earlier = standing(choice.establishment, since, choice.narrowed)
        actions = cut(actions_between(choice.establishment, since, choice.on), MOST_ACTIONS)
        context |= {
            "matrix": shown_matrix(changes_between(earlier, later), choice, since),
            "before": _standing_posts(choice, since, len(earlier.chosen)),
            "after": _standing_posts(choice, choice.on, len(later.chosen)),
            "actions": _actions(actions.shown),
            "cut": actions,
            **_costs(choice.establishment, since, choice.on),
        }
    return render(request, "staffing/changes.html", context)


def _costs(establishment: Establishment, since: date, until: date) -> dict[str, Any]:
    """The cost effect of every action between the days, or the sentence that says which rate is missing."""
    try:
        effect = cost_effect(actions_between(establishment, since, until), rates_on(until))
    except NoRate as fault:
        return {"no_rate": _no_rate(fault)}
    costs = []
    for what, label in (
        ("first_year_usd", _("cost effect in the first year, USD")),
        ("delayed_impact_usd", _("delayed impact in a full year, USD")),
    ):
        amount = getattr(effect, what)
        days = {"since": since.isoformat(), "on": until.isoformat()}
        proof = proof_address("staffing.effect", amount, what=what, of=establishment.pk, **days)
        costs.append({"number": _usd(amount), "label": label, "proof": proof})
    return {"costs": costs}


def _standing_posts(choice: Choice, on: date, count: int) -> dict[str, str]:
    """How many posts stood on a day, and the proof."""
    return {"text": number_text(count), "proof": posts_proof(choice, count, on=on)}


def _usd(amount: Decimal) -> str:
    text = number_text(abs(amount), 2)
    return f"−{text}" if amount < 0 else text


def _no_rate(fault: NoRate) -> str:
    if fault.grade:
        return _("The cost effect can't be told: the grade %(grade)s has no standard cost.") % {
            "grade": fault.grade
        }
    return _("The cost effect can't be told: the category %(category)s has no vacancy rate.") % {
        "category": shown_value("category", fault.category)
    }


def _stage_before(choice: Choice) -> date:
    earlier = [stage.on for stage in choice.stages if stage.on < choice.on]
    return max(earlier, default=date(choice.on.year - 1, 1, 1))


def _actions(actions: list[PostAction]) -> Table:
    columns = [
        Column(_("Takes effect on"), "date"),
        Column(_("Action")),
        Column(_("Post"), "code"),
        Column(_("What changes")),
        Column(_("Reason"), minor=True),
    ]
    rows = []
    for action in actions:
        day = day_text(action.effective_on)
        cells = [
            Cell(day, "date", instant=action.effective_on.isoformat()),
            Cell(action.get_kind_display()),
            Cell(action.post.number, "code", url=url_of(action.post)),
            Cell(what_changes(action)),
            Cell(action.reason or "–"),
        ]
        rows.append(Row(cells, key=str(action.pk), name=str(action)))
    return Table(_("Post actions"), columns, rows)


def what_changes(action: PostAction) -> str:
    """Before and after of what the action changed, in the reader's words."""
    pieces: list[Any] = []
    for name in ATTRIBUTES:
        before, after = getattr(action, f"from_{name}"), getattr(action, f"to_{name}")
        if before == after or (name in ("category", "tenure") and not (before and after)):
            continue
        pieces.append(" → ".join(shown_value(name, value) for value in (before, after) if value))
    return "; ".join(pieces)
