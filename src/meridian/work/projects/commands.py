"""Every write to projects: steps, the plan under change control, and baselines."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, Warned, Warns, clean_row, command
from meridian.engine.events import publish
from meridian.engine.figures import number_text
from meridian.engine.policies import Actor
from meridian.kernel.graph import find_cycle
from meridian.work.projects.events import ChangeAsked, ChangeDecided
from meridian.work.projects.models import (
    Baseline,
    BaselineTask,
    Change,
    Dependency,
    Project,
    Task,
)
from meridian.work.projects.rules.states import ENDED, STEPS

PLAN_FIELDS = ("project", "parent", "code", "is_milestone", "starts_on", "ends_on", "budget_usd")


@command("projects.project.add", on=Project)
def add_project(*, actor: Actor, **fields: Any) -> Project:
    """Take a project into the register, planned."""
    return _written(Project(), fields)


@command("projects.project.change", on=Project, target="row")
def change_project(*, actor: Actor, row: Project, **fields: Any) -> Project:
    """Change a project; its days are part of the plan and, once frozen, need a decision."""
    if any(fields.get(name, getattr(row, name)) != getattr(row, name) for name in ("starts_on", "ends_on")):
        refuse_undecided(row)
    return _written(row, fields)


@command("projects.project.remove", on=Project, target="row")
def remove_project(*, actor: Actor, row: Project) -> None:
    """Remove a project that was never frozen; others are cancelled and stay on record."""
    if row.baselines.exists():
        raise Refusal(gettext_lazy("This project has a baseline and stays on record: cancel it instead."))
    row.delete()


def _step(verb: str) -> Callable[..., Project]:
    step = STEPS[verb]

    def take(*, actor: Actor, row: Project) -> Project:
        if row.state not in step.sources:
            raise Untimely(
                _("“%(project)s” is %(state)s; this step is not open to it.")
                % {"project": row, "state": row.get_state_display()}
            )
        row.state = step.target
        row.save()
        return row

    take.__doc__ = step.meaning
    warns = _warn_of_ending(verb) if step.target in ENDED else None
    return command(f"projects.project.{verb}", on=Project, target="row", warns=warns)(take)


def _warn_of_ending(verb: str) -> Warns:
    def warn(rows: list[Project], _given: Any) -> Warned:
        open_tasks = rows[0].tasks.filter(percent_done__lt=100).count()
        facts = {"project": rows[0], "count": number_text(open_tasks)}
        does = [
            _("“%(project)s” ends as finished.") % facts
            if verb == "finish"
            else _("“%(project)s” is given up and stays on record.") % facts
        ]
        if open_tasks:
            does.append(_("Tasks that are not done: %(count)s.") % facts)
        return Warned(
            title=_("Finish “%(project)s”?") % facts
            if verb == "finish"
            else _("Cancel “%(project)s”?") % facts,
            does=tuple(does),
            lost=_("A project that has ended can't be taken up again."),
            button=_("Finish") if verb == "finish" else _("Cancel the project"),
            done=_("“%(project)s” has ended. Its benefits are followed in its proposal.") % facts,
        )

    return warn


STEP_COMMANDS = {verb: _step(verb) for verb in STEPS}


@command("projects.task.add", on=Task)
def add_task(*, actor: Actor, **fields: Any) -> Task:
    """Add a task or milestone; once the plan is frozen this needs an accepted change."""
    refuse_undecided(fields["project"])
    row = Task()
    return _written(row, fields, _refuse_bad_parent)


@command("projects.task.change", on=Task, target="row")
def change_task(*, actor: Actor, row: Task, **fields: Any) -> Task:
    """Report progress freely; change planned days or budget of a frozen plan by decision only."""
    if any(fields.get(name, getattr(row, name)) != getattr(row, name) for name in PLAN_FIELDS):
        refuse_undecided(row.project)
    return _written(row, fields, _refuse_bad_parent)


@command("projects.task.remove", on=Task, target="row")
def remove_task(*, actor: Actor, row: Task) -> None:
    """Take a task out of the plan; once the plan is frozen this needs an accepted change."""
    refuse_undecided(row.project)
    row.delete()


@command("projects.dependency.add", on=Dependency)
def add_dependency(*, actor: Actor, **fields: Any) -> Dependency:
    """Say that a task waits for another; a circle is refused and named."""
    return _written(Dependency(), fields, _refuse_bad_dependency)


@command("projects.dependency.change", on=Dependency, target="row")
def change_dependency(*, actor: Actor, row: Dependency, **fields: Any) -> Dependency:
    """Change a dependency; a circle is refused and named."""
    return _written(row, fields, _refuse_bad_dependency)


@command("projects.dependency.remove", on=Dependency, target="row")
def remove_dependency(*, actor: Actor, row: Dependency) -> None:
    """A task waits no more."""
    row.delete()


@command("projects.change.add", on=Change)
def ask_change(*, actor: Actor, **fields: Any) -> Change:
    """Ask for a change of the plan, with its reasons and effects."""
    change = _written(Change(), fields)
    publish(ChangeAsked(change.pk, actor.account_id, timezone.now()))
    return change


@command("projects.change.change", on=Change, target="row")
def change_request(*, actor: Actor, row: Change, **fields: Any) -> Change:
    """Mend a request that is not decided yet."""
    _refuse_decided(row)
    return _written(row, fields)


@command("projects.change.remove", on=Change, target="row")
def withdraw_change(*, actor: Actor, row: Change) -> None:
    """Withdraw a request that is not decided yet."""
    _refuse_decided(row)
    row.delete()


def _warn_of_deciding(rows: list[Change], given: Any) -> Warned:
    facts = {"change": rows[0], "project": rows[0].project}
    return Warned(
        title=_("Accept “%(change)s”?") % facts if given["accept"] else _("Refuse “%(change)s”?") % facts,
        does=(
            _("The plan of “%(project)s” is open until its next baseline.") % facts
            if given["accept"]
            else _("The plan of “%(project)s” stays as it is.") % facts,
        ),
        lost=_("The decision stays on record and can't be changed."),
        button=_("Accept") if given["accept"] else _("Refuse"),
        done=_("Accepted: change the plan, then freeze the next baseline.")
        if given["accept"]
        else _("Refused. Whoever asked for the change reads it on this page."),
    )


@command("projects.change.decide", on=Change, target="row", warns=_warn_of_deciding)
def decide_change(*, actor: Actor, row: Change, accept: bool, decided_on: date | None = None) -> Change:
    """Accept or refuse a request; an accepted one opens the plan until the next baseline."""
    _refuse_decided(row)
    row.state = Change.State.ACCEPTED if accept else Change.State.REFUSED
    row.decided_by, row.decided_on = actor.label[:120], decided_on or timezone.localdate()
    row.save()
    publish(ChangeDecided(row.pk, actor.account_id, timezone.now(), accept))
    return row


@command("projects.project.freeze", on=Project, target="row")
def freeze_baseline(*, actor: Actor, row: Project, on: date | None = None) -> Baseline:
    """Freeze the plan as the next baseline; all but the first use up the oldest accepted change."""
    last = row.baselines.aggregate(last=Max("number"))["last"] or 0
    change = open_change(row)
    if last and change is None:
        raise Untimely(
            gettext_lazy("A new baseline needs an accepted change: ask for one and have it decided.")
        )
    tasks = list(row.tasks.order_by("code"))
    if not tasks:
        raise Untimely(gettext_lazy("There is no task to freeze yet: write the plan first."))
    baseline = Baseline(
        project=row, number=last + 1, change=change if last else None, frozen_on=on or timezone.localdate()
    )
    baseline.save()
    parents = {task.parent_id for task in tasks}
    copied = ("code", "name", "is_milestone", "starts_on", "ends_on", "budget_usd")
    BaselineTask.objects.bulk_create(
        BaselineTask(
            baseline=baseline,
            is_leaf=task.pk not in parents,
            **{name: getattr(task, name) for name in copied},
        )
        for task in tasks
    )
    return baseline


def open_change(project: Project) -> Change | None:
    """The oldest accepted change that no baseline has taken up yet."""
    return (
        project.changes.filter(state=Change.State.ACCEPTED, baseline=None)
        .order_by("decided_on", "pk")
        .first()
    )


def refuse_undecided(project: Project) -> None:
    """Raise `Refusal` when the plan is frozen and no accepted change has opened it."""
    if project.baselines.exists() and open_change(project) is None:
        raise Refusal(
            _(
                "The plan of “%(project)s” is frozen: ask for a change and have it accepted,"
                " then change the plan."
            )
            % {"project": project}
        )


def _refuse_decided(change: Change) -> None:
    if change.state != Change.State.NEW:
        raise Untimely(gettext_lazy("This change is decided already."))


def _refuse_bad_parent(row: Task) -> None:
    """A part lies in the project of its whole, and the breakdown has no ring."""
    if row.parent is None:
        return
    if row.parent.project_id != row.project_id:
        raise Refusal(gettext_lazy("The whole and its part belong to one project."), "parent")
    Project.objects.select_for_update().get(pk=row.project_id)
    others = Task.objects.filter(project=row.project_id).exclude(pk=row.pk)
    edges: Any = others.filter(parent__isnull=False).values_list("parent_id", "pk")
    _refuse_ring(row.project_id, [*edges, (row.parent.pk, row.pk)], "parent")


def _refuse_bad_dependency(row: Dependency) -> None:
    if row.predecessor.project_id != row.successor.project_id:
        raise Refusal(gettext_lazy("Both tasks must belong to one project."), "predecessor")
    project = row.successor.project_id
    Project.objects.select_for_update().get(pk=project)
    others = Dependency.objects.filter(successor__project=project).exclude(pk=row.pk)
    edges = list(others.order_by("pk").values_list("predecessor_id", "successor_id"))
    _refuse_ring(project, [*edges, (row.predecessor_id, row.successor_id)], "predecessor")


def _refuse_ring(project: int, edges: list[tuple[int, int]], field: str) -> None:
    ring = find_cycle((), edges)
    if ring is None:
        return
    names = {task.pk: str(task) for task in Task.objects.filter(project=project, pk__in=ring)}
    circle = " → ".join(names[key] for key in [*ring, ring[0]])
    raise Refusal(
        _("These tasks would wait for each other in a circle: %(circle)s.") % {"circle": circle}, field
    )


def _written(row: Any, fields: dict[str, Any], check: Callable[[Any], None] | None = None) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    if check is not None:
        check(row)
    row.save()
    return row
