"""What the commands of projects do and refuse."""

import datetime

import pytest
from django.db import transaction
from house.factory import MAKER, make

from meridian.engine.commands import Refusal
from meridian.work.projects import commands
from meridian.work.projects.models import BaselineTask, Dependency, Project, Task
from meridian.work.projects.queries import earned_value_of, last_baseline, plan_of

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)


def planned(days=10):
    project = make(Project, ends_on=DAY + datetime.timedelta(days))
    tasks = [
        make(Task, project=project, code=code, name={"en": code}, budget_usd=100, ends_on=DAY)
        for code in ("1", "2", "10")
    ]
    return project, tasks


def test_a_circle_is_refused_and_named():
    _project, (one, two, ten) = planned()
    commands.add_dependency(actor=MAKER, predecessor=one, successor=two)
    commands.add_dependency(actor=MAKER, predecessor=two, successor=ten)
    with pytest.raises(
        Refusal, match="1 1 → 2 2 → 10 10 → 1 1|2 2 → 10 10 → 1 1 → 2 2|10 10 → 1 1 → 2 2 → 10 10"
    ):
        commands.add_dependency(actor=MAKER, predecessor=ten, successor=one)
    assert Dependency.objects.count() == 2


def test_a_part_of_its_own_part_is_refused():
    _project, (one, two, _ten) = planned()
    commands.change_task(actor=MAKER, row=two, parent=one)
    with pytest.raises(Refusal, match="circle"):
        commands.change_task(actor=MAKER, row=one, parent=two)


def test_tasks_of_two_projects_do_not_wait_for_each_other():
    (one, *_), (two, *_) = planned()[1], planned()[1]
    with pytest.raises(Refusal, match="one project"):
        commands.add_dependency(actor=MAKER, predecessor=one, successor=two)


def test_ninety_days_are_the_limit():
    project, _tasks = planned(days=89)
    commands.change_project(actor=MAKER, row=project, kind="ninety_days")
    with pytest.raises(Refusal, match="90 days"):
        commands.change_project(actor=MAKER, row=project, ends_on=DAY + datetime.timedelta(90))


def test_a_frozen_plan_changes_by_decision_only():
    project, (one, *_) = planned()
    first = commands.freeze_baseline(actor=MAKER, row=project)
    commands.change_task(actor=MAKER, row=one, percent_done=50, spent_usd=30)
    with pytest.raises(Refusal, match="frozen"):
        commands.change_task(actor=MAKER, row=one, budget_usd=200)
    with pytest.raises(Refusal, match="accepted change"):
        commands.freeze_baseline(actor=MAKER, row=project)
    change = commands.ask_change(actor=MAKER, project=project, title="More", reasons="Prices rose.")
    commands.decide_change(actor=MAKER, row=change, accept=True)
    commands.change_task(actor=MAKER, row=one, budget_usd=200)
    assert earned_value_of(plan_of(project, last_baseline(project)), DAY).budget == 300
    second = commands.freeze_baseline(actor=MAKER, row=project)
    assert (first.number, second.number, second.change) == (1, 2, change)
    assert BaselineTask.objects.get(baseline=first, code="1").budget_usd == 100
    value = earned_value_of(plan_of(project, last_baseline(project)), DAY)
    assert (value.budget, value.earned, value.spent) == (400, 100, 30)
    with pytest.raises(Refusal, match="frozen"):
        commands.change_task(actor=MAKER, row=one, budget_usd=300)


def test_a_baseline_can_not_be_rewritten():
    project, _tasks = planned()
    baseline = commands.freeze_baseline(actor=MAKER, row=project)
    with pytest.raises(Exception, match=r"."), transaction.atomic():  # noqa: PT012
        baseline.number = 7
        baseline.save()
    baseline.refresh_from_db()
    assert baseline.number == 1


def test_codes_are_read_as_numbers():
    project, _tasks = planned()
    assert [line.task.code for line in plan_of(project, None)] == ["1", "2", "10"]


def test_steps_follow_the_table():
    project, _tasks = planned()
    commands.STEP_COMMANDS["start"](actor=MAKER, row=project)
    commands.STEP_COMMANDS["finish"](actor=MAKER, row=project)
    with pytest.raises(Refusal, match="Finished"):
        commands.STEP_COMMANDS["cancel"](actor=MAKER, row=project)
