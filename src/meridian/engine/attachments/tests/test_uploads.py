"""Uploads by tus 1.0: what the protocol says to the byte, whose they are, and what a broken line leaves."""

import base64
import hashlib
import os
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from house.actors import stage
from house.factory import MAKER

from meridian.engine.attachments.arriving import MOST_UNFINISHED_BYTES, place_of
from meridian.engine.attachments.jobs import forget_uploads
from meridian.engine.attachments.models import Attachment, Upload
from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.attachments.storage import path_of
from meridian.engine.audit import trail

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
WORDS = b"Words that come in pieces."


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def people():
    return stage()


@pytest.fixture
def row(people):
    return people.here


@pytest.fixture
def client(people):
    return people.clients["lord"]


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def begun(client: Client, row, size=26, name="noté.txt", **headers):
    address = f"/uploads/{row._meta.label_lower}/{row.pk}/"
    said = {"Upload-Length": str(size), "Upload-Metadata": f"filename {coded(name)},empty"}
    return client.post(address, content_type="", headers={**TUS, **said, **headers})


def sent(client: Client, address: str, offset: int, piece: bytes, **headers):
    said = {**TUS, "Upload-Offset": str(offset), **headers}
    return client.patch(address, piece, content_type=PIECE, headers=said)


def offset_of(client: Client, address: str) -> str:
    answer = client.head(address, headers=TUS)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return answer["Upload-Offset"]


def test_a_file_that_comes_in_pieces_is_attached_when_the_last_is_there(client, row):
    facts = client.options(f"/uploads/{row._meta.label_lower}/{row.pk}/")
    assert (facts.status_code, facts["Tus-Version"]) == (204, "1.0.0")
    assert facts["Tus-Extension"] == "creation,checksum,expiration"
    assert facts["Tus-Max-Size"] == str(MOST_BYTES)
    answer = begun(client, row)
    address = answer["Location"]
    assert (answer.status_code, answer["Tus-Resumable"], offset_of(client, address)) == (201, "1.0.0", "0")
    assert answer["Upload-Expires"].endswith("GMT")
    answer = sent(client, address, 0, WORDS[:9])
    assert (answer.status_code, answer["Upload-Offset"], offset_of(client, address)) == (204, "9", "9")
    assert not Attachment.objects.exists()
    assert sent(client, address, 9, WORDS[9:]).status_code == 204
    found = Attachment.objects.get()
    assert (found.name, found.row_id, found.media_type) == ("noté.txt", row.pk, "text/plain")
    assert path_of(found.file.digest).read_bytes() == WORDS
    assert offset_of(client, address) == str(len(WORDS))
    assert not place_of(Upload.objects.get()).exists()


def test_what_a_killed_server_left_half_written_is_written_anew(client, row):
    address = begun(client, row)["Location"]
    sent(client, address, 0, WORDS[:9])
    place = place_of(Upload.objects.get())
    place.write_bytes(WORDS[:9] + b"half of a pie")
    assert offset_of(client, address) == "9"
    sent(client, address, 9, WORDS[9:])
    assert path_of(Attachment.objects.get().file.digest).read_bytes() == WORDS


def test_what_is_not_of_the_protocol_is_refused_and_changes_nothing(client, row):
    address = begun(client, row)["Location"]
    assert client.head(address).status_code == 400
    assert client.get(address, headers=TUS)["Allow"] == "OPTIONS, HEAD, PATCH"
    assert client.head(address, headers={"Tus-Resumable": "0.2.2"})["Tus-Version"] == "1.0.0"
    assert sent(client, address, 3, WORDS).status_code == 409
    assert sent(client, address, 0, WORDS + b"more").status_code == 409
    assert client.patch(address, WORDS, content_type="text/plain", headers=TUS).status_code == 415
    for wrong in ("-1", "x", "", "²", "9" * 40):
        assert sent(client, address, 0, WORDS, **{"Upload-Offset": wrong}).status_code == 400
    garbled = {"Upload-Checksum": f"sha1 {coded('no sum')}"}
    answer = sent(client, address, 0, WORDS, **garbled)
    assert (answer.status_code, answer.reason_phrase) == (460, "Checksum Mismatch")
    assert sent(client, address, 0, WORDS, **{"Upload-Checksum": "md4 AAAA"}).status_code == 400
    assert offset_of(client, address) == "0"
    for algorithm in ("sha1", "sha256"):
        address = begun(client, row)["Location"]
        told = base64.b64encode(hashlib.new(algorithm, WORDS).digest()).decode()
        assert (
            sent(client, address, 0, WORDS, **{"Upload-Checksum": f"{algorithm} {told}"}).status_code == 204
        )


def test_a_method_in_a_header_counts_where_a_proxy_knows_no_patch(client, row):
    address = begun(client, row)["Location"]
    said = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(address, WORDS, content_type=PIECE, headers=said).status_code == 204
    assert Attachment.objects.exists()


def test_sizes_are_bounded_for_a_file_and_for_a_person(client, row):
    assert begun(client, row, size=MOST_BYTES + 1).status_code == 413
    assert begun(client, row, size=0).status_code == 422
    assert begun(client, row, **{"Upload-Length": "many"}).status_code == 400
    assert begun(client, row, **{"Upload-Metadata": "filename !!!"}).status_code == 400
    answers = [begun(client, row, size=MOST_BYTES) for _ in range(MOST_UNFINISHED_BYTES // MOST_BYTES + 1)]
    assert [answer.status_code for answer in answers] == [201] * (len(answers) - 1) + [422]
    assert "on their way" in answers[-1].content.decode()


def test_an_upload_is_its_beginners_alone_and_rights_are_asked_at_each_piece(people, client, row):
    address = begun(client, row)["Location"]
    assert sent(people.clients["right"], address, 0, WORDS).status_code == 404
    assert Client().head(address, headers=TUS).status_code in (302, 401, 403, 404)
    assert begun(people.clients["stranger"], row).status_code in (403, 404)
    with trail.entry("tests.take_away", MAKER):
        people.accounts["lord"].holdings.all().delete()
    assert sent(client, address, 0, WORDS).status_code in (403, 404)
    assert not Attachment.objects.exists()


def test_a_forged_page_can_send_nothing(client, row):
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = client.cookies
    assert begun(forged, row).status_code == 403
    assert not Upload.objects.exists()


def test_what_nobody_goes_on_with_is_swept(client, row):
    addresses = [begun(client, row)["Location"] for _ in range(2)]
    for address in addresses:
        sent(client, address, 0, WORDS[:9])
    old, new = Upload.objects.order_by("pk")
    Upload.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.head(f"/upload/{old.pk}/", headers=TUS).status_code == 404
    forget_uploads(0)
    assert list(Upload.objects.all()) == [new]
    assert os.listdir(place_of(new).parent) == [new.pk.hex]
