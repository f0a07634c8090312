"""What the house knows of projects."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.projects import commands
from meridian.work.projects.models import (
    Baseline,
    BaselineTask,
    Change,
    Dependency,
    Project,
    Risk,
    Task,
)
from meridian.work.projects.rules.states import STEPS

STEP_TITLES = {
    "start": (_("Start"), "next"),
    "hold": (_("Put on hold"), "hold"),
    "resume": (_("Resume"), "next"),
    "finish": (_("Finish"), "check"),
    "cancel": (_("Cancel the project"), "close"),
}

PART = by_unit("project__unit")


class ProjectResource(Resource):
    model = Project
    address = "projects"
    policy = by_unit()
    key = "code"
    order = ("code",)
    related = ("unit",)
    icon = "project"
    state = "state"
    tones = {
        "planned": "accent",
        "in_progress": "accent",
        "on_hold": "watch",
        "finished": "good",
        "cancelled": "still",
    }
    abilities = ("attachments",)
    menu_of = {"budget": 60, "cio": 60}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("purpose", search="C"),
        F("unit", column=True),
        F("kind", column=True),
        F("state", column=True),
        F("starts_on", column=True),
        F("ends_on", column=True),
    )
    add, change, remove = commands.add_project, commands.change_project, commands.remove_project
    verbs = (
        *(
            Verb(
                commands.STEP_COMMANDS[verb],
                title,
                icon,
                when=Q(state__in=sorted(STEPS[verb].sources)),
                danger=verb == "cancel",
            )
            for verb, (title, icon) in STEP_TITLES.items()
        ),
        Verb(
            commands.freeze_baseline,
            _("Freeze the plan"),
            "lock",
            confirm=_("The plan becomes the next baseline. From then on it is changed by decisions alone."),
            fields=(Ask("on", _("As of"), _("Today when left empty.")),),
        ),
    )
    pages = {"detail": "pages.project.project_page"}


class TaskResource(Resource):
    model = Task
    address = "tasks"
    policy = PART
    order = ("project", "code")
    related = ("project", "parent")
    icon = "check"
    in_menu = False
    panels = (
        Panel(_("Task"), ("project", "parent", "code", "name", "is_milestone")),
        Panel(_("Plan"), ("starts_on", "ends_on", "budget_usd")),
        Panel(_("Progress"), ("began_on", "ended_on", "percent_done", "spent_usd")),
    )
    fields = (
        F("project", column=True),
        F("parent"),
        F("code", column=True, search="B"),
        F("name", column=True, search="A"),
        F("is_milestone"),
        F("starts_on", column=True),
        F("ends_on", column=True),
        F("budget_usd", column=True),
        F("percent_done", column=True),
        F("began_on"),
        F("ended_on"),
        F("spent_usd"),
    )
    add, change, remove = commands.add_task, commands.change_task, commands.remove_task


class DependencyResource(Resource):
    model = Dependency
    address = "task-dependencies"
    policy = by_unit("successor__project__unit")
    related = ("predecessor", "successor")
    titled = ("predecessor", "successor")
    in_menu = False
    fields = (
        F("predecessor", column=True),
        F("successor", column=True),
        F("lag_days", column=True),
    )
    add = commands.add_dependency
    change = commands.change_dependency
    remove = commands.remove_dependency


class ChangeResource(Resource):
    model = Change
    address = "change-requests"
    policy = PART
    order = ("-id",)
    related = ("project",)
    state = "state"
    tones = {
        "new": "accent",
        "accepted": "good",
        "refused": "bad",
    }
    icon = "edit"
    in_menu = False
    fields = (
        F("project", column=True),
        F("title", column=True, search="A"),
        F("reasons", search="C"),
        F("effect_days", column=True),
        F("effect_usd", column=True),
        F("state", column=True),
        F("decided_by"),
        F("decided_on", column=True),
    )
    add, change, remove = commands.ask_change, commands.change_request, commands.withdraw_change
    verbs = (
        Verb(
            commands.decide_change,
            _("Decide"),
            "check",
            when=Q(state="new"),
            fields=(
                Ask("accept", _("Decision"), choices=((True, _("Accept")), (False, _("Refuse")))),
                Ask("decided_on", help=_("Today when left empty.")),
            ),
        ),
    )


class BaselineResource(Resource):
    model = Baseline
    address = "baselines"
    policy = PART
    order = ("-id",)
    related = ("project", "change")
    appended = True
    in_menu = False
    fields = (
        F("project", column=True),
        F("number", column=True),
        F("change", column=True),
        F("frozen_on", column=True),
    )


class BaselineTaskResource(Resource):
    model = BaselineTask
    address = "baseline-tasks"
    policy = by_unit("baseline__project__unit")
    order = ("baseline", "code")
    related = ("baseline",)
    appended = True
    in_menu = False
    fields = (
        F("baseline", column=True),
        F("code", column=True),
        F("name", column=True),
        F("is_milestone"),
        F("is_leaf"),
        F("starts_on", column=True),
        F("ends_on", column=True),
        F("budget_usd", column=True),
    )


class RiskResource(Resource):
    model = Risk
    address = "project-risks"
    policy = PART
    order = ("-id",)
    related = ("project",)
    state = "state"
    tones = {
        "open": "watch",
        "happened": "bad",
        "closed": "still",
    }
    icon = "warning"
    in_menu = False
    fields = (
        F("project", column=True),
        F("title", column=True, search="A"),
        F("likelihood", column=True),
        F("impact", column=True),
        F("response", column=True),
        F("measures"),
        F("owner", column=True),
        F("state", column=True),
    )
