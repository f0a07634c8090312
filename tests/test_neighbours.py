"""What refers to a row and what it refers to, for every kind of row, in one statement."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from house.actors import stage
from house.factory import MAKER, make
from house.shares import every

from meridian.engine.pages.neighbours import neighbours_of
from meridian.engine.policies import OwnPolicy, policy_of
from meridian.engine.resources import has_resource, resource_of, resources
from meridian.engine.values import label_of, url_of
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit
from meridian.registers.places.models import DutyStation, Site
from meridian.work.projects.models import Project, Task

pytestmark = pytest.mark.django_db
EVERY = every(resources())
FRAGMENT = {"HTTP_HX_REQUEST": "true"}
# Rows of the trail and of the search are written by the database alone.
UNMADE = {"audit.entry", "audit.change"}


def referring(model):
    """The relations by which lists can be narrowed to what refers to a row of this model."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not has_resource(other) or other._meta.label_lower in UNMADE:
            continue
        # What is somebody's own is counted and listed for them alone.
        if isinstance(policy_of(other), OwnPolicy):
            continue
        if relation.field.name in {found.name for found in resource_of(other).filters()}:
            yield relation


@EVERY
def test_every_count_leads_to_the_list_that_it_counts(resource):
    row = make(resource.model)
    for relation in referring(resource.model):
        if relation.field.many_to_many:
            getattr(make(relation.related_model), relation.field.name).add(row)
        else:
            make(relation.related_model, **{relation.field.name: row})
    with CaptureQueriesContext(connection) as asked:
        to_it, from_it = neighbours_of(MAKER, row)
    assert len(asked) <= 1, [query["sql"] for query in asked]
    lord = stage().clients["lord"]
    referrers = [
        relation
        for relation in referring(resource.model)
        if relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
    ]
    assert len(to_it) == len(referrers)
    for found in to_it:
        assert found.newest
        listed = lord.get(found.url)
        assert listed.status_code == 200, found.url
        assert listed.content.decode().count('<th scope="row"') == int(found.count), found.url
    for found in (*to_it, *from_it):
        assert all(named.title for named in found.newest)


@EVERY
def test_who_may_view_one_kind_alone_is_told_of_a_reference_that_there_is_one(resource):
    label = resource.model._meta.label_lower
    referred = {
        field.name: make(field.related_model)
        for field in resource.model._meta.concrete_fields
        if field.is_relation
        and has_resource(field.related_model)
        and "view" not in policy_of(field.related_model).everyone
    }
    row = make(resource.model, **referred)
    reader = make(Account, person=None)
    role = make(Role, permissions=[f"{label}.view"])
    make(Holding, account=reader, role=role, unit=None, starts_at="2020-01-01T00:00Z")
    _to_it, from_it = neighbours_of(actor_of(reader), row)
    told = {found.label: found.newest for found in from_it}
    for name in referred.keys() & {field.name for field in resource.fields}:
        field = resource.field(name)
        if getattr(row, field.attname) is not None and field.related_model is not resource.model:
            assert told[label_of(field)], name


def shown(client: Client, row, **headers) -> str:
    answer = client.get(f"{url_of(row)}neighbours/", **headers)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_the_fragment_is_loaded_by_the_page_and_is_a_page_without_javascript():
    station = make(DutyStation)
    site = make(Site, {DutyStation: station})
    client = stage().clients["stranger"]
    page = client.get(url_of(site)).content.decode()
    address = f"{url_of(site)}neighbours/"
    assert f'hx-get="{address}"' in page
    assert f'<a href="{address}">' in page
    fragment = shown(client, site, **FRAGMENT)
    assert "<html" not in fragment
    assert f'<a href="{url_of(station)}"><bdi>{station}</bdi></a>' in fragment
    whole = shown(client, site)
    assert "<html" in whole
    assert f'<a href="{url_of(station)}">' in whole
    back = shown(client, station, **FRAGMENT)
    assert f'<a href="/places/sites/?duty_station={station.pk}">1' in back
    assert f'<a href="{url_of(site)}"><bdi>{site}</bdi></a>' in back


def test_who_may_not_see_what_refers_to_a_row_learns_nothing_of_it():
    house = stage()
    project = make(Project, {Unit: house.here}, name={"en": "Move the mail"})
    for client, sees in ((house.clients["right"], True), (house.clients["elsewhere"], False)):
        text = shown(client, house.here, **FRAGMENT)
        assert ("Move the mail" in text) is sees
        assert (f"/projects/projects/?unit={house.here.pk}" in text) is sees
    assert house.clients["elsewhere"].get(f"{url_of(project)}neighbours/").status_code == 404
    assert Client().get(f"{url_of(house.here)}neighbours/").status_code in (302, 401, 403)


def test_of_many_rows_the_newest_are_named_and_all_are_counted():
    house = stage()
    project = make(Project, {Unit: house.here})
    tasks = [make(Task, {Project: project}) for _turn in range(5)]
    text = shown(house.clients["right"], project, **FRAGMENT)
    (count,) = re.findall(rf'\?project={project.pk}">(\d+)<span class="unseen"> Tasks', text)
    assert count == "5"
    assert [url_of(task) in text for task in tasks] == [False, False, True, True, True]
