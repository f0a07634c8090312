"""A bundle for places without a line: pages that open from a disk, renewed by difference, resumable."""

import json
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.attachments.commands import attach
from meridian.engine.audit import trail
from meridian.work.knowledge import commands
from meridian.work.knowledge.cli import bundle
from meridian.work.knowledge.models import Article
from meridian.work.knowledge.rules.bundles import difference, is_lawful
from meridian.work.knowledge.testing import knower, published, revise
from meridian.work.servicedesk.testing import TESTS, small_desk

HASHES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123"))
# The smallest picture there is.
PICTURE = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


@given(HASHES, HASHES)
def test_the_difference_brings_one_side_to_where_the_other_is(before, after):
    found = difference(before, after)
    there = {path: value for path, value in before.items() if path not in found.removed}
    assert there | {path: after[path] for path in found.changed} == after
    assert not any(before.get(path) == after[path] for path in found.changed)


def test_no_path_leads_out_of_the_folder():
    assert is_lawful("ar/KB0001.html")
    assert not any(map(is_lawful, ("../x", "/etc/x", "a/../../x", "C:\\x", "", "c:x")))


class Awake:
    """The shell with a database that is there."""

    def prepare_database(self, **_options):
        """Nothing to do."""


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.found += [value for name, value in attrs if name in ("href", "src")]


@pytest.fixture
def desk(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    desk = small_desk()
    texts = {
        "en": ("Silent printer", "Press the [other](KB9999) button. ![The button](button.gif)"),
        "fr": ("Imprimante muette", "Appuyez. ![Le bouton](button.gif)"),
    }
    row = published(desk.agent, desk.lead, texts)
    attach(actor=TESTS, row=row, name="button.gif", pieces=[PICTURE])
    published(desk.agent, desk.lead, {"en": ("Secret of the desk", "Hidden.")}, audience="desk")
    station = desk.site.duty_station
    with trail.entry("testing.arrange", TESTS):
        type(station).objects.filter(pk=station.pk).update(languages=["fr", "ar"])
    return desk


def run(desk, folder, *more):
    return json.loads(said(desk.site.code, folder, "--json", *more))


def said(code, folder, *more):
    given = ["--site", code, "--to", str(folder), *more]
    return CliRunner().invoke(bundle, given, obj=Awake()).output


def test_a_bundle_opens_from_a_disk_in_the_languages_of_the_site(desk, tmp_path):
    folder = tmp_path / "bundle"
    made = run(desk, folder)
    assert made["languages"] == ["ar", "en", "fr"]
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) == 1 + 2 * 3
    for page in pages:
        links = Links()
        links.feed(page.read_text("utf-8"))
        assert "script" not in links.tags
        for link in links.found:
            assert (page.parent / link).resolve().is_file(), (page, link)
    arabic = (folder / "ar" / "index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "Secret of the desk" not in "".join(page.read_text("utf-8") for page in pages)
    assert next((folder / "pictures").iterdir()).read_bytes() == PICTURE


def test_it_is_renewed_by_difference_and_goes_on_where_it_was_interrupted(desk, tmp_path):
    folder, travels = tmp_path / "bundle", tmp_path / "difference"
    first = run(desk, folder)
    assert first["written"] == first["files"]
    assert run(desk, folder)["written"] == 0
    (folder / "fr" / "index.html").unlink()
    (folder / "en" / "index.html").write_text("half", "utf-8")
    assert run(desk, folder)["written"] == 2
    row = Article.objects.get(audience="everybody")
    pressed = "Press the GREEN button. ![The button](button.gif)"
    revise(desk.agent, desk.lead, row, "en", "Silent printer", pressed)
    second = run(desk, travels, "--since", str(folder / "manifest.json"))
    assert 0 < second["written"] < second["files"]
    french = next(travels.glob("fr/KB*.html")).read_text("utf-8")
    assert "GREEN" in french
    assert 'class="notice bad"' in french
    assert not list(travels.rglob("pictures"))
    commands.retire(actor=knower(desk.lead), row=row)
    copied_over = tmp_path / "later"
    run(desk, copied_over, "--since", str(folder / "manifest.json"))
    gone = next(copied_over.glob("fr/KB*.html")).read_text("utf-8")
    assert 'class="notice bad"' in gone
    assert "GREEN" not in gone
    third = run(desk, folder)
    assert third["removed"] == 4
    assert not list(folder.rglob("KB*.html"))
    assert not list(folder.rglob("*.part"))


def test_what_is_wrong_with_a_bundle_is_said_in_a_sentence(desk, tmp_path):
    other, folder = tmp_path / "manifest.json", tmp_path / "bundle"
    for content, sentence in (
        ("{", "no manifest"),
        ("[]", "no manifest"),
        ('{"site": "ELSEWHERE", "files": {}}', "is of ELSEWHERE"),
        (json.dumps({"site": desk.site.code, "files": {"../x": "1"}}), "outside of the bundle"),
    ):
        other.write_text(content, "utf-8")
        assert sentence in said(desk.site.code, folder, "--since", str(other))
    assert "can't be read" in said(desk.site.code, folder, "--since", str(tmp_path / "none.json"))
    assert "no site NOWHERE" in said("NOWHERE", folder)
    assert not folder.exists()
