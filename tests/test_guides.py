"""The guide has a page for each kind of person, with pictures, and the house shows it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from house.actors import stage

from meridian.engine.guide.rules import guided
from meridian.engine.modules.registry import kinds_of_person

PICTURES = settings.GUIDE_FOLDER / "pictures"
MOST_BYTES = 2_000_000
LEAST_WORDS = 150
NAMED = re.compile(r"\]\(pictures/([\w-]+)\.webp\)")


@pytest.mark.parametrize("kind", sorted(kinds_of_person()))
def test_each_kind_of_person_has_a_page_that_answers_their_question(kind):
    text = (settings.GUIDE_FOLDER / f"{kind}.md").read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith("?")
    assert f"](pictures/{kind}.webp)" in text
    assert "## Words" in text
    assert "## When something is refused" in text
    assert len(text.split()) > LEAST_WORDS
    assert f"]({kind}.md)" in (settings.GUIDE_FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_picture_is_small_and_shown():
    pages = settings.GUIDE_FOLDER.glob("*.md")
    shown = {name for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))}
    places = list(PICTURES.iterdir())
    assert {place.name for place in places} == {f"{name}.webp" for name in shown}
    assert sum(place.stat().st_size for place in places) < MOST_BYTES


@pytest.mark.django_db
def test_the_guide_is_read_in_the_house():
    house = stage()
    reader = house.clients["stranger"]
    index = reader.get(reverse("guide")).content.decode()
    for kind in kinds_of_person():
        own = reverse("guide-page", args=(kind,))
        assert f'href="{own}"' in index
        page = reader.get(own).content.decode()
        pictures = re.findall(r'<img src="([^"]+)"', page)
        assert pictures
        for address in pictures:
            answer = reader.get(address)
            assert answer.headers["Content-Type"] == "image/webp"
            assert answer.content.startswith(b"RIFF")
    assert reverse("guide-page", args=("staff",)) in reader.get(reverse("home")).content.decode()
    assert reader.get(reverse("guide-page", args=("nowhere",))).status_code == 404
    assert reader.get(reverse("guide-picture", args=("nowhere",))).status_code == 404
    assert house.clients["anonymous"].get(reverse("guide")).status_code == 302


def test_what_a_page_says_is_shown_and_never_run():
    text = "# A <b>title</b>\n\n<script>x</script> <kbd>K</kbd> [in](a.md) [out](../b.md) [far](https://x.example/)"
    page = guided(text, lambda target: "/a/" if target == "a.md" else "")
    assert page.title == "A <b>title</b>"
    assert "<script>" not in page.body
    assert "<kbd>K</kbd>" in page.body
    assert '<a href="/a/">in</a>' in page.body
    assert "<span>out</span>" in page.body
    assert '<a href="https://x.example/">far</a>' in page.body
    assert guided("[x](javascript:alert)", str).body == "<p>[x](javascript:alert)</p>\n"
