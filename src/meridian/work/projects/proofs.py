"""Proofs of a project's earned value: the tasks of its plan, and what each adds."""

from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.figures import number_text
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.projects.models import Project, Task
from meridian.work.projects.queries import PlanLine, earned_value_of, last_baseline, plan_of, work_of
from meridian.work.projects.rules.earned_value import (
    THOUSANDS,
    EarnedValue,
    earned_of,
    figure_of,
    planned_value,
)

FIELDS = ("code", "name", "starts_on", "ends_on", "percent_done")


def value(actor: Actor, arguments: Arguments) -> Proof:
    """A figure of the earned value of a project today: `what` is one of `FIGURES`."""
    titles = _titles()
    what = arguments.option("what", titles)
    project = Project.objects.permitted(actor).filter(pk=arguments.key("project")).first()
    if project is None:
        raise Unseen(_("There is no such project, or it is not yours to see."))
    baseline, today = last_baseline(project), timezone.localdate()
    plan = [line for line in plan_of(project, baseline) if line.is_leaf]
    found = earned_value_of(plan, today)
    figure = figure_of(what, found)
    if figure is None:
        raise Unseen(_("This project has no such figure yet: nothing is earned, planned or spent."))
    is_ratio = what.endswith("_index")
    unit = "" if is_ratio else _("USD thousand") if what in THOUSANDS else _("USD")
    return Proof(
        f"{titles[what]} · {project}",
        figure,
        _added(what, plan),
        unit,
        2 if is_ratio else 0,
        _how(what, found),
        decided=baseline,
        moves=True,
    )


def _titles() -> dict[str, str]:
    return {
        "budget": _("Budget"),
        "planned": _("Planned by today (PV)"),
        "earned": _("Earned (EV)"),
        "earned_thousands": _("Earned (EV)"),
        "spent": _("Spent (AC)"),
        "schedule_variance": _("Schedule variance"),
        "cost_variance": _("Cost variance"),
        "estimate_at_completion": _("Estimate at completion (EAC)"),
        "estimate_thousands": _("Estimate at completion (EAC)"),
        "schedule_index": _("Schedule index (SPI)"),
        "cost_index": _("Cost index (CPI)"),
    }


def _added(what: str, plan: list[PlanLine]) -> Added:
    """The tasks without parts, each with its share of what the figure begins with."""
    today = timezone.localdate()
    parts: dict[int, Decimal] = {}
    for line in plan:
        work = work_of(line)
        amounts = {
            "budget": work.budget,
            "planned": planned_value(work, today),
            "spent": work.spent,
        }
        parts[line.task.pk] = amounts.get(what, earned_of(work))
    labels = {"budget": _("Budget (USD)"), "planned": _("Planned (USD)"), "spent": _("Spent (USD)")}
    each: list[Any] = [When(pk=key, then=Value(amount)) for key, amount in parts.items()]
    field: Any = DecimalField(max_digits=20, decimal_places=2)
    rows = Task.objects.filter(pk__in=parts).annotate(
        part=Case(*each, default=Value(Decimal(0)), output_field=field)
    )
    return Added(rows, "part", labels.get(what, _("Earned (USD)")), 2, FIELDS)


def _how(what: str, found: EarnedValue) -> str:
    facts = {
        "budget": number_text(found.budget, 2),
        "planned": number_text(found.planned, 2),
        "earned": number_text(found.earned, 2),
        "spent": number_text(found.spent, 2),
    }
    sentences = {
        "budget": _(
            "The budget that the last baseline froze of each task, or of its plan where it has none."
        ),
        "planned": _("The budget of each task, evenly over its planned days, up to today."),
        "earned": _("The budget of each task by what is done of it."),
        "earned_thousands": _("The budget of each task by what is done of it, in USD thousand."),
        "spent": _("What is recorded as spent on each task."),
        "schedule_variance": _("Earned %(earned)s less planned %(planned)s."),
        "cost_variance": _("Earned %(earned)s less spent %(spent)s."),
        "estimate_at_completion": _(
            "Budget %(budget)s × spent %(spent)s ÷ earned %(earned)s; the budget while nothing is spent."
        ),
        "estimate_thousands": _(
            "Budget %(budget)s × spent %(spent)s ÷ earned %(earned)s, in USD thousand;"
            " the budget while nothing is spent."
        ),
        "schedule_index": _("Earned %(earned)s ÷ planned %(planned)s."),
        "cost_index": _("Earned %(earned)s ÷ spent %(spent)s."),
    }
    return sentences[what] % facts
