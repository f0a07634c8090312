"""What somebody saved meanwhile is never overwritten unseen by a form that was opened before."""

import re

import pytest
from house.actors import stage
from house.factory import make
from house.nouns import Region

from meridian.engine.resources import resources

pytestmark = pytest.mark.django_db


def typed_from(page: str) -> dict[str, str]:
    """What the browser would send of the form as it stands."""
    forms = re.findall(r'<form method="post".*?</form>', page, re.DOTALL)
    (form,) = (found for found in forms if 'name="version"' in found)
    return {
        str(re.search(r'name="([^"]+)"', tag)[1]): (re.search(r'value="([^"]*)"', tag) or ("", ""))[1]
        for tag in re.findall(r"<input[^>]*>", form)
    }


def opened(client, address: str) -> dict[str, str]:
    return typed_from(client.get(address).content.decode())


def test_the_second_of_two_who_opened_a_form_is_shown_what_the_first_has_saved():
    region, client = make(Region), stage().clients["lord"]
    address = f"/places/regions/{region.pk}/edit/"
    first, second = opened(client, address), opened(client, address)
    assert client.post(address, first | {"name_en": "First"}).status_code == 302
    refused = client.post(address, second | {"name_en": "Second"})
    assert refused.status_code == 409
    assert "First" in refused.content.decode()
    assert str(Region.objects.get(pk=region.pk).name) == "First"
    again = typed_from(refused.content.decode())
    assert client.post(address, again | {"name_en": "Second"}).status_code == 302
    assert str(Region.objects.get(pk=region.pk).name) == "Second"


def test_a_form_sent_back_for_a_fault_still_knows_from_what_it_was_made():
    region, client = make(Region), stage().clients["lord"]
    address = f"/places/regions/{region.pk}/edit/"
    first, second = opened(client, address), opened(client, address)
    assert client.post(address, first | {"name_en": "First"}).status_code == 302
    faulty = client.post(address, second | {"code": ""})
    assert faulty.status_code == 422
    assert typed_from(faulty.content.decode())["version"] == second["version"]


def test_every_form_that_changes_a_row_names_the_version_it_was_made_from():
    client, unnamed = stage().clients["lord"], []
    for resource in resources():
        if not resource.change or not any(field.name == "version" for field in resource.model._meta.fields):
            continue
        row = make(resource.model)
        answer = client.get(f"/{resource.module()}/{resource.address}/{row.pk}/edit/")
        if answer.status_code == 200 and 'name="version"' not in answer.content.decode():
            unnamed.append(resource.model._meta.label_lower)
    assert unnamed == []


def test_a_list_shows_names_in_the_readers_language_and_nothing_of_how_they_are_kept():
    region = make(Region, name={"en": "Far lands", "fr": "Pays lointains"})
    page = stage().clients["lord"].get("/places/regions/").content.decode()
    assert region.name["en"] in page
    assert "&#x27;en&#x27;" not in page
