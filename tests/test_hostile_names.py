"""A file is called whatever somebody calls it: beside a row, in an import, and when it is taken out again."""

import pytest
from django.urls import reverse
from house.actors import Stage, stage
from house.door import Door
from house.factory import make
from house.hostile import FILE_NAMES

from meridian.engine.attachments.models import Attachment
from meridian.registers.organisation.models import Unit
from meridian.registers.places.models import Region
from meridian.work.servicedesk.models import WorkItem

pytestmark = pytest.mark.django_db
PARTS = "multipart/form-data; boundary=edge"
NAMES = pytest.mark.parametrize("name", FILE_NAMES, ids=lambda name: ascii(name)[:30])


@pytest.fixture
def house() -> Stage:
    return stage()


def body(name: str, content: str, **fields: str) -> bytes:
    """A form with a file, the name as it is."""
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts.append(f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}')
    return ("".join(f"--edge\r\n{part}\r\n" for part in parts) + "--edge--\r\n").encode()


@NAMES
def test_a_file_beside_a_row_is_kept_under_a_name_that_harms_nobody(name, house):
    client, item = house.clients["lord"], make(WorkItem, {Unit: house.here})
    way = reverse("files", args=("servicedesk.workitem", item.pk))
    answer = client.post(way, body(name, "x"), content_type=PARTS)
    kept = Attachment.objects.first()
    if answer.status_code != 302:
        assert (answer.status_code, kept) in ((422, None), (400, None)), answer.content
        return
    assert kept is not None
    assert not set(kept.name) & set("/\\\0\r\n\x1b\x07\u202e")
    assert kept.name.strip(" .")
    page = client.get(way)
    assert page.status_code == 200
    taken = client.get(reverse("file", args=(kept.pk,)))
    assert taken.status_code == 200
    assert taken.getvalue() == b"x"
    assert taken["Content-Disposition"].isprintable()


@NAMES
def test_an_import_is_read_or_refused_whatever_its_file_is_called(name, house):
    door = Door(house.clients["lord"])
    way = reverse("places-region-import")
    for more in ({"dry": "1"}, {}):
        door.send("post", way, body(name, "code,name.en\r\nXX,X\r\n", **more), content_type=PARTS)
    door.held(1)
    assert not Region.objects.filter(code="X").exists()
