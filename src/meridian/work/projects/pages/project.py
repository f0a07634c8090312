"""The page of a project: plan and Gantt, earned value, baselines and changes, risks."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text
from meridian.engine.listing.cut import cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.detail_page import DetailPage, given_parts
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import Request, policy_of
from meridian.work.projects.commands import open_change
from meridian.work.projects.models import Change, Project, Task
from meridian.work.projects.pages.gantt import gantt, shown_days
from meridian.work.projects.queries import PlanLine, earned_value_of, last_baseline, plan_of
from meridian.work.projects.resources import ChangeResource, ProjectResource
from meridian.work.projects.rules.earned_value import EarnedValue, figure_of

MOST_CHANGES = 20
SERIOUS, GRAVE = 8, 15


@needs("projects.project.view")
@require_safe
def project_page(request: Request, key: int) -> HttpResponse:
    """Everything about one project on one page."""
    project = visible_row(ProjectResource, request.actor, key)
    detail = DetailPage(ProjectResource)
    today = timezone.localdate()
    baseline = last_baseline(project)
    plan = plan_of(project, baseline)
    value = earned_value_of(plan, today)
    changes = cut(project.changes.order_by("-pk"), MOST_CHANGES)
    context = {
        "row": project,
        "head": _head(request, detail, project),
        "crumbs": [detail.list_crumb()],
        "tabs": detail.tabs(request, project, ""),
        "tiles": _value_tiles(project, value) if plan else [],
        "gantt": {
            "svg": gantt(plan, today),
            "table": _plan_table(plan),
            "has_baseline": baseline is not None,
        },
        "baselines": project.baselines.order_by("-number").select_related("change"),
        "value_facts": _value_facts(project, value),
        "changes": _changes(request, changes.shown),
        "changes_cut": changes,
        "changes_url": f"{reverse('projects-change-list')}?project={project.pk}",
        "open_change": open_change(project) if baseline else None,
        "risks": _risk_table(project),
        "risks_url": f"{reverse('projects-risk-list')}?project={project.pk}",
        "add_urls": _add_urls(request, project),
    }
    return render(request, "projects/project.html", context | given_parts(request, project))


def _head(request: Request, detail: DetailPage, project: Project) -> dict[str, Any]:
    head = detail.head(request, project)
    head["facts"] = [
        {"label": _("Unit"), "text": str(project.unit)},
        {"label": _("Kind"), "text": project.get_kind_display()},
        {"label": _("First day"), "text": _day(project.starts_on), "instant": project.starts_on.isoformat()},
        {"label": _("Last day"), "text": _day(project.ends_on), "instant": project.ends_on.isoformat()},
    ]
    return head


def _value_tiles(project: Project, value: EarnedValue) -> list[dict[str, str]]:
    tiles = [
        {
            "number": _ratio(value.schedule_index),
            **_index_words(value.schedule_index, _("Schedule index (SPI)")),
        },
        {"number": _ratio(value.cost_index), **_index_words(value.cost_index, _("Cost index (CPI)"))},
        {"number": _thousands(value.earned), "label": _("Earned, USD thousand")},
        {
            "number": _thousands(value.estimate_at_completion),
            "label": _("Estimate at completion, USD thousand"),
        },
    ]
    figures = ("schedule_index", "cost_index", "earned_thousands", "estimate_thousands")
    return [tile | {"proof": _proof(project, value, what)} for tile, what in zip(tiles, figures, strict=True)]


def _proof(project: Project, value: EarnedValue, what: str) -> str:
    """Where a figure of today's earned value is proved; nowhere when there is none."""
    figure = figure_of(what, value)
    if figure is None:
        return ""
    shown = figure.quantize(Decimal("0.01") if what.endswith("_index") else Decimal(1), ROUND_HALF_UP)
    return proof_address("projects.value", shown, project=project.pk, what=what)


def _index_words(index: Decimal | None, label: str) -> dict[str, str]:
    if index is None:
        return {"label": label}
    tone = "good" if index >= 1 else "watch" if index >= Decimal("0.9") else "bad"
    return {"label": label, "tone": tone}


def _value_facts(project: Project, value: EarnedValue) -> list[dict[str, str]]:
    labels = {
        "budget": _("Budget"),
        "planned": _("Planned by today (PV)"),
        "earned": _("Earned (EV)"),
        "spent": _("Spent (AC)"),
        "schedule_variance": _("Schedule variance"),
        "cost_variance": _("Cost variance"),
        "estimate_at_completion": _("Estimate at completion (EAC)"),
    }
    return [
        {"label": label, "text": _money(getattr(value, what)), "proof": _proof(project, value, what)}
        for what, label in labels.items()
    ]


def _plan_table(plan: list[PlanLine]) -> Table:
    columns = (
        Column(_("Task")),
        Column(_("Begins"), "date"),
        Column(_("Ends"), "date"),
        Column(_("Baseline"), "date", minor=True),
        Column(_("After"), "code", minor=True),
        Column(_("Done"), "number", why=Unproved.HELD),
        Column(_("Budget (USD)"), "number", why=Unproved.HELD),
        Column(_("Spent (USD)"), "number", minor=True, why=Unproved.HELD),
    )
    return Table(_("Tasks of the plan"), columns, [_plan_row(line) for line in plan])


def _plan_row(line: PlanLine) -> Row:
    task = line.task
    first_on, last_on = shown_days(line)
    frozen = f"{_day(line.frozen.starts_on)} – {_day(line.frozen.ends_on)}" if line.frozen else "–"
    return Row(
        (
            Cell(f"{task}", url=reverse("projects-task-detail", args=(task.pk,))),
            Cell(_day(first_on), "date", instant=first_on.isoformat()),
            Cell(_day(last_on), "date", instant=last_on.isoformat()),
            Cell(frozen, "date"),
            Cell(", ".join(line.waits_for) or "–", "code"),
            Cell(f"{task.percent_done.normalize():f}\N{NO-BREAK SPACE}%", "number"),
            Cell(_money(task.budget_usd), "number"),
            Cell(_money(task.spent_usd), "number"),
        )
    )


def _changes(request: Request, changes: list[Change]) -> list[dict[str, Any]]:
    tones = {"new": "accent", "accepted": "good", "refused": "still"}
    return [
        {
            "title": change.title,
            "url": reverse("projects-change-detail", args=(change.pk,)),
            "state": change.get_state_display(),
            "tone": tones[change.state],
            "effect": _("%(days)d days, USD %(money)s")
            % {"days": change.effect_days, "money": _money(change.effect_usd)},
            "decide_url": reverse("projects-change-decide", args=(change.pk,))
            if change.state == Change.State.NEW and may_do(ChangeResource, request.actor, "decide", change)
            else "",
        }
        for change in changes
    ]


def _risk_table(project: Project) -> Table | None:
    risks = sorted(project.risks.exclude(state="closed"), key=lambda risk: -risk.likelihood * risk.impact)
    if not risks:
        return None
    columns = (
        Column(_("Risk")),
        Column(_("Weight"), "state"),
        Column(_("Response")),
        Column(_("Owner"), minor=True),
        Column(_("State"), "state"),
    )
    rows = [
        Row(
            (
                Cell(str(risk), url=reverse("projects-risk-detail", args=(risk.pk,))),
                Cell(f"{risk.likelihood} × {risk.impact} = {weight}", "state", tone=_risk_tone(weight)),
                Cell(risk.get_response_display()),
                Cell(risk.owner or "–"),
                Cell(risk.get_state_display(), "state", tone="bad" if risk.state == "happened" else "watch"),
            )
        )
        for risk in risks
        for weight in (risk.likelihood * risk.impact,)
    ]
    return Table(_("Open risks"), columns, rows)


def _risk_tone(weight: int) -> str:
    return "bad" if weight >= GRAVE else "watch" if weight >= SERIOUS else "still"


def _add_urls(request: Request, project: Project) -> dict[str, str]:
    """Where to add what this actor may add; the form then knows the project."""
    names: dict[str, Any] = {"task": Task, "risk": project.risks.model, "change": Change}
    urls = {
        noun: f"{reverse(f'projects-{noun}-add')}?project={project.pk}"
        for noun, model in names.items()
        if policy_of(model).may(request.actor, "add")
    }
    if policy_of(Task).may(request.actor, "add"):
        urls["dependency"] = reverse("projects-dependency-add")
    return urls


def _day(day: Any) -> str:
    return day_text(day)


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else _number(amount)


def _thousands(amount: Decimal | None) -> str:
    return "–" if amount is None else _number(amount / 1000)


def _ratio(index: Decimal | None) -> str:
    return "–" if index is None else _number(index, 2)


def _number(value: Decimal, decimals: int = 0) -> str:
    """Rounded half away from zero; Django's own form only cuts off."""
    return number_text(value, decimals)
