"""Buttons of the project page: a step of the project, a baseline, a decision on a change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Request
from meridian.work.projects import commands
from meridian.work.projects.resources import ChangeResource, ProjectResource


@needs("projects.project.view")
@require_POST
def step(request: Request, key: int, verb: str) -> HttpResponse:
    """Move a project on."""
    project = visible_row(ProjectResource, request.actor, key)
    if verb not in commands.STEP_COMMANDS:
        raise Unseen(_("A project has no such step."))
    _try(request, commands.STEP_COMMANDS[verb], row=project)
    return redirect("project-page", key=key)


@needs("projects.project.freeze")
@require_POST
def freeze(request: Request, key: int) -> HttpResponse:
    """Freeze the plan as the next baseline."""
    project = visible_row(ProjectResource, request.actor, key)
    _try(request, commands.freeze_baseline, row=project)
    return redirect("project-page", key=key)


@needs("projects.change.decide")
@require_POST
def decide(request: Request, key: int) -> HttpResponse:
    """Accept or refuse a change request."""
    change = visible_row(ChangeResource, request.actor, key)
    _try(request, commands.decide_change, row=change, accept=request.POST.get("decision") == "accept")
    return redirect("project-page", key=change.project_id)


def _try(request: Request, verb: Callable[..., Any], **given: Any) -> None:
    """Carry a command out; what it refuses is told on the page one came from."""
    try:
        verb(actor=request.actor, **given)
    except (Unseen, Unpermitted):
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
