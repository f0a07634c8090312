"""What problems give to the demo organisation: problems on every step, with known errors."""

import json
from importlib import resources
from typing import Any

from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.work.problems.commands import incidents, known_errors, working
from meridian.work.problems.contracts import Method
from meridian.work.problems.models import AttachedIncident, Problem
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.facade import Category, Team, WorkItem

PACKAGE = __package__ or ""
STEPS = ("logged", "analysis", "cause_known", "known_error", "fix_in_change", "closed")
ATTACHED = 5


def demo(actor: Actor) -> None:
    """Problems and known errors of a hub, once."""
    team = Team.objects.filter(is_hub=True, is_active=True).order_by("pk").first()
    if team is None or Problem.objects.exists():
        return
    said = json.loads((resources.files(PACKAGE) / "data" / "demo.json").read_text(encoding="utf-8"))
    for told in said["problems"]:
        _problem(actor, team, told, said["known"])
    incidents.find_candidates(actor=actor, on=timezone.now().date())


def _problem(actor: Actor, team: Team, told: dict[str, Any], known: dict[str, Any]) -> None:
    category = Category.objects.filter(code=told["category"]).first()
    problem = working.add_problem(
        actor=actor, title=told["title"], team=team, category=category, priority=told["priority"]
    )
    step = STEPS.index(told["to"])
    with trail.entry("problems.demo.load", actor):
        AttachedIncident.objects.bulk_create(
            AttachedIncident(problem=problem, incident=incident) for incident in _incidents(category)
        )
    if step >= STEPS.index("analysis"):
        working.analyse(actor=actor, item=problem, method=Method(told["method"]))
    if told["cause"]:
        working.find_cause(actor=actor, item=problem, root_cause=told["cause"])
    if told["known"]:
        words = known[told["known"]]
        error = known_errors.add_known_error(actor=actor, problem=problem, category=category, **words)
        known_errors.publish_known_error(actor=actor, row=error)
    if step >= STEPS.index("fix_in_change"):
        working.await_change(actor=actor, item=problem)
    if told["to"] == "closed":
        working.resolve(actor=actor, item=problem, solution=told["cause"])
        working.close(actor=actor, item=problem)


def _incidents(category: Category | None) -> list[WorkItem]:
    rows = WorkItem.objects.filter(kind=Kind.INCIDENT, category=category, merged_into=None)
    return list(rows.order_by("-opened_at", "-pk")[:ATTACHED])
