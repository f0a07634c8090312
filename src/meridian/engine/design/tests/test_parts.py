"""Parts say what they are given, escape it, and keep the law of the pages."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from meridian.engine.design.appearance import COOKIE, appearance
from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table, table_body
from meridian.engine.design.templatetags.design import ICON_NAMES, fact_rows, icon, state

HERE = Path(__file__).parents[1]
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))
STATIC = HERE / "static/meridian"


def table(**changes: object) -> Table:
    fields = {
        "caption": "Desks",
        "columns": [Column("Name"), Column("State", "state"), Column("Waiting", "number", minor=True)],
        "rows": [
            Row([Cell("Dili", url="/desks/1/"), Cell("open", "state", tone="good"), Cell("7", "number")], "1")
        ],
    }
    return Table(**{**fields, **changes})


def test_a_row_is_printed_in_one_pass() -> None:
    assert table_body(table()) == (
        '<tr><th scope="row"><a href="/desks/1/">Dili</a></th>'
        '<td class="state"><span class="state good">open</span></td>'
        '<td class="number minor" data-label="Waiting">7</td></tr>'
    )


def test_cells_are_escaped_unless_safe() -> None:
    hostile = '<script>"&'
    rows = [
        Row(
            [Cell(hostile, url=hostile), Cell(hostile, "state", tone=hostile), Cell(hostile, instant=hostile)]
        )
    ]
    markup = table_body(table(rows=rows, columns=[Column("A"), Column("B"), Column("C")]))
    assert "<script>" not in markup
    assert markup.count("&lt;script&gt;") == 6
    safe = [Row([Cell(SafeString("<b>7</b>")), Cell(""), Cell("")])]
    assert "<b>7</b>" in table_body(table(rows=safe))


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        table_body(table(rows=[Row([Cell("Dili")])]))


def test_picking_has_a_name_for_each_row() -> None:
    markup = table_body(table(bulk_actions=[BulkAction("take", "Take")]))
    assert 'name="key" value="1" aria-label="Select Dili"' in markup


def test_dates_keep_their_instant() -> None:
    row = Row([Cell("today", "date", instant="2026-11-21T17:30Z"), Cell(""), Cell("")])
    assert '<time datetime="2026-11-21T17:30Z">today</time>' in table_body(table(rows=[row]))


def test_facts_are_escaped_unless_safe_and_print_a_dash_for_nothing() -> None:
    facts = [{"label": "<b>", "text": "<i>", "url": '"'}, {"label": "Site", "text": ""}]
    printed = fact_rows([*facts, {"label": "", "text": SafeString("<i>"), "instant": "2026"}])
    assert printed == (
        '<dt>&lt;b&gt;</dt><dd><a href="&quot;"><bdi>&lt;i&gt;</bdi></a></dd>'
        '<dt>Site</dt><dd><bdi>–</bdi></dd><dt></dt><dd><time datetime="2026"><i></time></dd>'
    )
    assert fact_rows(None) == ""


def test_unknown_icons_and_tones_are_refused() -> None:
    with pytest.raises(ValueError, match="no icon"):
        icon("unicorn")
    with pytest.raises(ValueError, match="tone"):
        state("purple", "odd")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script_and_only_known_icons(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?! src=)", text)
    assert set(re.findall(r'{% icon "([^"]+)" %}', text)) <= ICON_NAMES


@pytest.mark.parametrize("number", ["400", "403", "403_csrf", "404", "409", "429", "500"])
def test_error_pages_render_without_any_context(number: str) -> None:
    page = render_to_string(f"{number}.html")
    assert "<h1>" in page
    assert f">{number[:3]}<" in page


def test_a_refusal_says_why_and_who_can() -> None:
    refusal = {"why": "The period is closed.", "who": [{"name": "Lin <Wei>", "url": "/people/3/"}]}
    page = render_to_string("403.html", {"refusal": refusal})
    assert "The period is closed." in page
    assert '<a href="/people/3/">Lin &lt;Wei&gt;</a>' in page


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("zh-hans", "ltr")])
def test_pages_carry_language_and_direction(language: str, direction: str) -> None:
    with translation.override(language):
        page = render_to_string("404.html")
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_the_chosen_theme_comes_from_its_cookie(rf: object) -> None:
    request = rf.get("/")
    assert appearance(request) == {"theme": ""}
    request.COOKIES[COOKIE] = "dark"
    assert appearance(request) == {"theme": "dark"}
    request.COOKIES[COOKIE] = '"><script>'
    assert appearance(request) == {"theme": ""}


def test_menu_of_the_shell_marks_where_one_is() -> None:
    menu = [{"title": "Queue", "url": "/queue/", "icon": "queue", "current": True, "key": 2}]
    page = render_to_string("design/shell.html", {"menu": menu})
    assert '<a href="/queue/" aria-current="page" data-go="2">' in page


def test_parts_render_with_nothing_optional() -> None:
    template = Template(
        '{% include "design/partials/list.html" %}{% include "design/partials/object_head.html" %}'
        '{% include "design/partials/pager.html" %}{% include "design/partials/events.html" %}'
    )
    empty = {"title": "Nothing yet", "text": "It comes here."}
    markup = template.render(Context({"table": table(rows=[]), "empty": empty, "head": {"title": "A"}}))
    assert "Nothing yet" in markup


def size(name: str) -> int:
    return len(gzip.compress((STATIC / name).read_bytes(), 9))


def test_files_of_the_first_visit_are_small() -> None:
    assert size("meridian.css") <= 10_000
    assert size("meridian.js") <= 6_000
    names = ["meridian.css", "meridian.js", "htmx.min.js", "icons.svg", "favicon.svg"]
    assert sum(map(size, names)) <= 30_000
