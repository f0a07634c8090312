"""Small things that people stumble over: addresses that one guesses, links to what is wrong, blanks."""

import pytest
from django.urls import reverse
from house.actors import Stage, stage
from house.factory import MAKER, make

from meridian.engine.listing.listing import Listing
from meridian.engine.resources import resource_of
from meridian.holdings.applications.models import Application
from meridian.holdings.applications.resources import ApplicationResource
from meridian.holdings.facilities.models import Facility
from meridian.kernel.event_logs.mapping import LONGEST_KIND, NotAMapping, understood
from meridian.registers.places.models import Region, Site
from meridian.registers.places.resources import SiteResource

pytestmark = pytest.mark.django_db
CODE, WORDS = next((str(code), str(words)) for code, words in Site._meta.get_field("criticality").flatchoices)


@pytest.fixture
def house() -> Stage:
    return stage()


def test_the_address_of_errands_leads_to_the_list(house):
    assert house.clients["lord"].get("/errands/")["Location"] == reverse("errands-errand-list")


def test_the_summary_of_faults_leads_to_the_field_also_where_it_has_several_inputs(house):
    page = house.clients["lord"].post(reverse("places-region-add"), {"code": "X"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'href="#id_name_0"' in text
    assert 'id="id_name_0"' in text
    assert 'href="#"' not in text


def test_an_optional_text_of_blanks_is_no_text():
    row = make(Application, description="Mail")
    ApplicationResource.change(actor=MAKER, row=row, description=" \u200b\n")
    assert Application.objects.get(pk=row.pk).description == ""
    assert Region._meta.get_field("name").blank is False


def test_a_kind_that_is_too_long_is_refused_and_not_cut():
    said = "format: csv\nnumber: n\nat: t\nstate: s\nstates: {a: new}\nkind: "
    with pytest.raises(NotAMapping, match="too long"):
        understood(said + "k" * (LONGEST_KIND + 1))


def test_the_code_and_the_words_mean_the_same():
    for said in (CODE, WORDS, WORDS.upper(), f"{CODE} · {WORDS}"):
        listing = Listing(SiteResource, MAKER, {"criticality": said})
        assert not listing.faults
        assert [chosen.value for chosen in listing.chosen] == [CODE]


def test_a_near_word_is_answered_by_the_words():
    kinds = Facility._meta.get_field("kind").flatchoices
    words = str(kinds[0][1])
    fault = Listing(resource_of(Facility), MAKER, {"kind": f"{words}x"}).faults["kind"]
    assert words in fault
