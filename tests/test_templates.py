"""Templates have one block element a line, broken only where a browser drops the space."""

import sys

import pytest
from house.tools import tool

# A dataclass looks its module up by name while it is made.
templates = sys.modules["tools_templates"] = tool("templates")


def test_block_elements_stand_on_lines_of_their_own_and_inline_ones_stay_together():
    item = '<li class="{{ a.kind }}"><a href="{{ a.url }}">{{ a }}</a> <b>!</b></li>'
    crowded = f"<ul>{{% for a in b %}}{item}{{% endfor %}}</ul>\n"
    assert templates.formatted(crowded) == (
        "<ul>\n"
        "  {% for a in b %}\n"
        '    <li class="{{ a.kind }}"><a href="{{ a.url }}">{{ a }}</a> <b>!</b></li>\n'
        "  {% endfor %}\n"
        "</ul>\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{% load i18n %}<b>{{ a }}</b>{% if c %}, {{ c }}{% endif %}",
        "<p>{% blocktranslate %}One\n  <br>two{% endblocktranslate %}</p>\n",
        "<textarea>\n  kept {{ as_it_is }}</textarea>",
    ],
)
def test_nothing_is_broken_where_a_space_would_show(text):
    assert templates.formatted(text) == text


def test_a_tag_without_its_end_in_the_same_branch_is_kept():
    text = "{% if a %}<form>{% endif %}<p>x</p>{% if a %}</form>{% endif %}"
    lines = templates.formatted(text).split("\n")
    assert [line.strip() for line in lines if "form" in line] == ["<form>", "</form>"]


def test_every_template_of_the_house_is_so_and_loses_no_letter_by_it():
    for path in templates.SOURCE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert templates.formatted(text) == text, f"{path}: run `make templates`"
