"""Files from anybody: stored once, named harmlessly, shown only to those who see the row."""

import io
import unicodedata

import pytest
from django.test import Client
from house.actors import signed_in
from house.factory import MAKER, make
from house.nouns import Account, unit
from hypothesis import given
from hypothesis import strategies as some

from meridian.engine.attachments.commands import attach, detach
from meridian.engine.attachments.models import Attachment, StoredFile
from meridian.engine.attachments.rules import BYTES, SHOWN_TYPES, charset_of, safe_name, shown_type
from meridian.engine.attachments.storage import path_of
from meridian.engine.commands import Refusal
from meridian.engine.policies import ANONYMOUS

HOSTILE = [
    "../../etc/passwd",
    "C:\\temp\\x.exe",
    "a\0b.txt",
    "x\r\nSet-Cookie: a=b",
    "\u202egnp.exe",
    "...",
    "",
    " / ",
]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@given(some.text() | some.sampled_from(HOSTILE))
def test_a_name_has_no_folder_no_control_and_is_never_empty(name):
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 200
    assert not set("/\\") & set(safe)
    assert not any(unicodedata.category(letter).startswith("C") for letter in safe)
    assert safe not in (".", "..")
    assert shown_type(name) in SHOWN_TYPES | {BYTES}


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js", "x.xhtml", "x.png.html", "x", "x.xml"])
def test_what_could_run_is_sent_as_bytes(name):
    assert shown_type(name) == BYTES


@pytest.fixture
def row(db):
    return unit("HERE")


def put(row, name="paper.txt", content=b"words"):
    return attach(actor=MAKER, row=row, name=name, pieces=[content[:2], content[2:]])


def test_the_same_file_is_stored_once(row):
    first, second = put(row, "one.txt"), put(row, "two.txt")
    assert first.file == second.file
    assert StoredFile.objects.count() == 1
    assert path_of(first.file.digest).read_bytes() == b"words"
    detach(actor=MAKER, row=first)
    assert path_of(second.file.digest).exists()


@pytest.mark.parametrize(("content", "sentence"), [(b"", "empty"), (b"x" * 25_000_001, "too large")])
def test_an_empty_or_a_huge_file_is_refused(row, content, sentence):
    with pytest.raises(Refusal, match=sentence):
        put(row, content=content)
    assert not Attachment.objects.exists()


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"x" * 25_000_001], ids=["empty", "huge"])
def test_a_refused_upload_leaves_no_file_on_disk(row, tmp_path, content):
    with pytest.raises(Refusal):
        put(row, content=content)
    assert files_in(tmp_path) == []


def test_an_upload_that_breaks_off_leaves_no_file_on_disk(row, tmp_path):
    def torn():
        yield b"words"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        attach(actor=MAKER, row=row, name="paper.txt", pieces=torn())
    assert files_in(tmp_path) == []


def test_a_refused_row_keeps_the_file_that_another_row_has(row, tmp_path):
    kept = put(row)
    with pytest.raises(Refusal):
        attach(actor=ANONYMOUS, row=row, name="paper.txt", pieces=[b"words"])
    assert files_in(tmp_path) == [path_of(kept.file.digest)]


def test_a_page_of_html_comes_down_and_never_runs(row):
    found = put(row, "page.html", b"<script>alert(1)</script>")
    answer = signed_in(make(Account, username="reader")).get(f"/file/{found.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == BYTES
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


def test_a_file_is_seen_by_whoever_sees_its_row_and_by_nobody_else(row):
    found = put(row)
    assert Client().get(f"/file/{found.pk}/").status_code in (302, 404)
    hidden = attach(actor=MAKER, row=make(Account, username="hidden"), name="x.txt", pieces=[b"x"])
    client = signed_in(make(Account, username="reader"))
    answer = client.get(f"/file/{found.pk}/")
    assert b"".join(answer.streaming_content) == b"words"
    assert client.get(f"/file/{hidden.pk}/").status_code == 404
    assert client.get("/file/123456789/").status_code == 404


def test_who_may_not_attach_adds_nothing(row):
    client = signed_in(make(Account, username="reader"))
    file = io.BytesIO(b"words")
    file.name = "x.txt"
    assert client.post(f"/files/organisation.unit/{row.pk}/", {"file": file}).status_code in (403, 404)
    assert client.post("/files/access.account/1/", {}).status_code == 404
    assert not Attachment.objects.exists()


TEXTS = {
    "windows-1251": "Не работает принтер на втором этаже, а вчера ещё работал.",
    "windows-1256": "الطابعة في الطابق الثاني لا تعمل منذ الصباح، وكانت تعمل أمس.",
    "gb18030": "二楼的打印机今天早上不能用了，昨天还好好的。",
    "windows-1252": "L’imprimante du deuxième étage ne répond plus, déjà à l’aube.",
    "utf-8": "L’imprimante, принтер, 打印机",
    "utf-16-le": "\ufeffприntер",
    "utf-16-be": "\ufeffприntер",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_text_is_sent_in_the_encoding_in_which_it_is_written(encoding):
    assert charset_of(TEXTS[encoding].encode(encoding)) == encoding


def test_a_text_that_is_cut_in_the_middle_of_a_letter_is_still_known():
    content = TEXTS["utf-8"].encode()
    assert {charset_of(content[:cut]) for cut in range(1, len(content))} == {"utf-8"}
