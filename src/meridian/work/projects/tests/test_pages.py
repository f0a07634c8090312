"""The page of a project shows the plan, and its buttons carry commands out."""

import datetime

import pytest
from house.actors import stage
from house.confirming import confirmed
from house.factory import MAKER, make

from meridian.registers.organisation.testing import Unit
from meridian.work.projects import commands
from meridian.work.projects.models import Change, Project, Task

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def house():
    return stage()


@pytest.fixture
def project(house):
    made = make(Project, {Unit: house.here}, ends_on=DAY + datetime.timedelta(60))
    one = make(Task, project=made, code="1", name={"en": "Dig <deep>"}, ends_on=DAY + datetime.timedelta(20))
    two = make(Task, project=made, code="2", name={"en": "Open"}, is_milestone=True)
    commands.add_dependency(actor=MAKER, predecessor=one, successor=two)
    commands.freeze_baseline(actor=MAKER, row=made)
    return made


def test_the_page_draws_the_plan_without_styles_in_it(house, project):
    page = house.clients["right"].get(f"/projects/projects/{project.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="gantt"' in text
    assert "Dig &lt;deep&gt;" in text
    assert 'class="frozen"' in text
    assert "style=" not in text
    assert house.clients["elsewhere"].get(f"/projects/projects/{project.pk}/").status_code == 404


def test_buttons_follow_the_table_of_steps(house, project):
    client = house.clients["right"]
    assert client.post(f"/projects/projects/{project.pk}/start/").status_code == 302
    project.refresh_from_db()
    assert project.state == "in_progress"
    refused = client.post(f"/projects/projects/{project.pk}/freeze/")
    assert refused.status_code == 409
    assert "accepted change" in refused.content.decode()
    assert client.post(f"/projects/projects/{project.pk}/fly/").status_code == 404
    assert house.clients["auditor"].post(f"/projects/projects/{project.pk}/hold/").status_code == 403


def test_a_change_is_decided_on_the_page(house, project):
    change = make(Change, project=project)
    client = house.clients["right"]
    assert "Accept" in client.get(f"/projects/projects/{project.pk}/").content.decode()
    confirmed(client, f"/projects/change-requests/{change.pk}/decide/", {"accept": "True"})
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("accepted", house.accounts["right"].username)


def test_the_page_asks_the_same_number_of_questions_for_any_plan(
    house, project, django_assert_max_num_queries
):
    client = house.clients["right"]
    for number in range(3, 20):
        make(Task, project=project, code=str(number))
    with django_assert_max_num_queries(40):
        client.get(f"/projects/projects/{project.pk}/")


def test_dependencies_are_filtered_by_either_task(house, project):
    one, two = project.tasks.order_by("code")
    client, page = house.clients["right"], "/projects/task-dependencies/"
    for name, task in (("predecessor", one), ("successor", two)):
        answer = client.get(page, {name: task.pk})
        assert answer.status_code == 200
        assert "1 → 2" in answer.content.decode() or "Dig" in answer.content.decode()
        over_rest = client.get("/api/projects/task-dependencies", {name: task.pk})
        assert len(over_rest.json()["items"]) == 1
