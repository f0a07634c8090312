"""What modules give to pages of others is shown there, in order, and only to whom it may be shown."""

import re
from types import SimpleNamespace

import pytest
from house.actors import stage
from house.factory import make

from meridian.engine.pages.slots import first_page_of
from meridian.engine.policies import ANONYMOUS, Actor, Grant
from meridian.holdings.facilities.models import Facility
from meridian.holdings.inventory.models import Life, Server
from meridian.registers.places.models import Site
from meridian.work.projects.models import Project

Unit = Project._meta.get_field("unit").related_model


@pytest.fixture
def house():
    return stage()


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


@pytest.mark.django_db
def test_a_list_and_a_page_show_columns_badges_and_panels(house):
    site, plain = make(Site), make(Site)
    shared = {Site: site, Unit: house.here}
    centre = make(Facility, shared, kind=Facility.Kind.DATA_CENTRE, state=Facility.State.OPEN)
    empty = make(Facility, shared, kind=Facility.Kind.SERVER_ROOM)
    for state in (Life.IN_SERVICE, Life.IN_SERVICE, Life.RETIRED):
        make(Server, shared | {Facility: centre}, state=state)
    client = house.clients["stranger"]
    listed = page(client, "/facilities/computing-facilities/")
    assert re.search(
        r'<td class="number minor" data-label="Servers"><a href="[^"]+">2</a><a class="proof"', listed
    )
    assert '<td class="number minor" data-label="Servers">–</td>' in listed
    assert "Servers by state" in page(client, f"/facilities/computing-facilities/{centre.pk}/")
    assert "Servers by state" not in page(client, f"/facilities/computing-facilities/{empty.pk}/")
    badge = '<span class="state accent">Data centre</span>'
    assert page(client, "/places/sites/").count(badge) == 1
    assert badge in page(client, f"/places/sites/{site.pk}/")
    assert badge not in page(client, f"/places/sites/{plain.pk}/")


@pytest.mark.django_db
def test_a_tab_has_a_page_of_its_own_and_shows_what_its_reader_may_see(house):
    make(Project, {Unit: house.here}, name={"en": "Move the mail"})
    make(Project, {Unit: house.elsewhere}, name={"en": "Move the rest"})
    address = f"/organisation/units/{house.here.pk}/"
    tab = f"{address}part/projects.unit_tab/"
    reader = house.clients["right"]
    assert f'href="{tab}"' in page(reader, address)
    shown = page(reader, tab)
    assert "Move the mail" in shown
    assert "Move the rest" not in shown
    assert f'href="{tab}" aria-current="page"' in shown
    stranger = house.clients["stranger"]
    assert tab not in page(stranger, address)
    assert stranger.get(tab).status_code == 404
    assert reader.get(f"{address}part/no.such/").status_code == 404


@pytest.mark.django_db
def test_an_action_is_offered_to_whom_its_permission_lets_in(house):
    project = make(Project, {Unit: house.here})
    for address in ("/projects/projects/", f"/projects/projects/{project.pk}/"):
        assert 'href="/portfolio/overview/"' in page(house.clients["right"], address).split("<main")[1]


@pytest.mark.django_db
def test_the_first_page_has_the_parts_of_its_kind_of_person_for_whom_may_see_them(rf):
    request = rf.get("/")
    request.actor = Actor(None, None, "operator", (Grant(frozenset({"operation.jobs.view"})),))
    request.user = SimpleNamespace(is_authenticated=False)
    names = [part.name for part in first_page_of(request, "operator")]
    assert "operation.failed_jobs" in names
    (jobs,) = [part for part in first_page_of(request, "operator") if part.name == "operation.failed_jobs"]
    assert (jobs.title, jobs.url) == ("Jobs", "/operation/jobs/")
    assert 'class="tile"' in jobs.html
    assert "operation.failed_jobs" not in [part.name for part in first_page_of(request, "delegate")]
    request.actor = ANONYMOUS
    assert "operation.failed_jobs" not in [part.name for part in first_page_of(request, "operator")]
