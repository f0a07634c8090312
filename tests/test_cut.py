"""What is cut says so: no page or query holds rows back but through a `Cut`, and no template walks
one without saying how many there are."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from house.factory import make
from house.nouns import Region

from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.pages.earlier import latest

SOURCE = Path(__file__).parents[1] / "src" / "meridian"
ROOMS = re.compile(
    r"/(pages|queries|endpoints)(/|\.py$)"
    r"|^engine/(?!mail_reading|recovery|tables|printing|reading|figures|postgres|sheets|audit)"
)
# One row, or two to see whether it is the only one.
FEW = (1, 2)
# How many slices of a file hold no row back from anybody, and why.
REASONS = {
    "work/shifts/queries/duty.py": (1, "the next shifts of a first page, which leads to all of them"),
    "work/shifts/pages/coverage.py": (1, "the first gaps, which say how many more there are"),
    "work/shifts/pages/roster.py": (2, "the days of a week without the midnight after them"),
    "engine/errands/commands.py": (1, "the letters of a title"),
    "engine/exchange/asking.py": (3, "the letters of a name, and a count that ends where it is enough"),
    "engine/listing/listing.py": (4, "a page of a list: the pager says how many there are and leads on"),
    "engine/listing/cut.py": (4, "the cut itself"),
    "engine/home/pages.py": (1, "the letters of what was typed"),
    "engine/operation/parts.py": (
        1,
        "what was done last, with the way to the whole trail",
    ),
    "engine/listing/lookup.py": (5, "the names in a sentence, which says that there are others"),
    "engine/listing/parameters.py": (1, "the letters of a sentence"),
    "engine/records/zones.py": (1, "the letters of a sentence"),
    "engine/inputs/fields.py": (1, "counts whether there are few enough for a select list"),
    "engine/pages/children.py": (3, "the first of them, cut by one more row that says so"),
    "engine/pages/filters.py": (2, "counts whether there are few enough for a select list, of few lists"),
    "engine/pages/neighbours.py": (2, "a count that ends with a plus, and the newest beside their count"),
    "engine/pages/detail_page.py": (1, "a count that ends with a plus"),
    "engine/design/tables.py": (1, "the letters of a tag"),
    "engine/attachments/storage.py": (2, "the letters of a path"),
    "engine/exchange/matching.py": (1, "rows that one line of a file may mean: more than one is refused"),
    "engine/exchange/reading.py": (2, "the letters of a sentence"),
    "engine/exchange/transfer.py": (1, "the letters of a sentence"),
    "engine/notices/commands.py": (2, "the letters of a text, which leads to all of them"),
    "engine/search/index.py": (2, "the letters of a title, and work in batches"),
    "engine/search/words.py": (2, "the words of a question"),
    "engine/search/find.py": (2, "the letters of a sentence; the search says how many it shows and leads on"),
    "engine/search/matches.py": (2, "work in batches"),
    "engine/search/question.py": (1, "the letters of a word"),
    "engine/search/stems.py": (1, "what is forgotten of a memory"),
    "engine/search/streams.py": (
        2,
        "counts whether there are few enough to be asked one by one; work in batches",
    ),
    "engine/search/vectors.py": (3, "the letters of a text, and the most places that a vector holds"),
    "engine/search/pages.py": (3, "the palette is a way to the search, which says how many there are"),
    "engine/resources/permissions.py": (2, "the letters of a sentence"),
    "engine/values/together.py": (1, "the steps of a path"),
    "registers/access/queries.py": (1, "the columns of a row"),
    "engine/api/rows.py": (1, "the columns of a row"),
    "engine/resources/sight.py": (1, "the columns of a row"),
    "engine/attachments/rules.py": (3, "the letters of a sample"),
    "work/agentdesk/queries.py": (3, "a page of a list: the pager says how many there are"),
    "engine/helping/__init__.py": (1, "what helps best; further words find other help"),
    "engine/search/likely.py": (
        2,
        "the words of a text, and the likeliest rows: other words find others",
    ),
    "work/knowledge/pages/reading.py": (2, "the letters of what was typed, and of a sentence"),
    "work/knowledge/pages/writing.py": (1, "the letters of a title"),
    "work/knowledge/pages/keeping.py": (2, "the first of a list within a Cut that counts all of it"),
    "work/knowledge/queries/bundles.py": (1, "the letters of a name"),
    "work/knowledge/queries/counting.py": (1, "what was asked in vain most often, as its title says"),
    "work/knowledge/queries/private.py": (1, "the letters of a title"),
    "work/knowledge/queries/showing.py": (1, "the letters of a gist, whose title leads to the whole"),
    "work/problems/queries/known_errors.py": (
        2,
        "what helps best of the latest; further words find other help",
    ),
    "work/problems/queries/candidates.py": (2, "what rises most in a night, and the letters of a mark"),
    "work/changes/pages/schedule.py": (1, "the letters of a label; the table beside has all of it"),
    "work/portal/pages/asking.py": (1, "the letters of what was typed"),
    "work/surveys/pages/call_backs.py": (1, "the letters of a text, whose line leads to the whole"),
    "work/surveys/pages/results.py": (
        1,
        "the last twelve campaigns; all stand in their register",
    ),
    "holdings/discovery/pages/agents.py": (3, "the letters of what an agent says of itself"),
    "engine/mailed_links/issuing.py": (1, "the letters of a holder's name"),
    "engine/events/__init__.py": (1, "work in batches"),
    "engine/mailed_links/answering.py": (1, "the digits of an answer"),
    "engine/notices/queries.py": (1, "the letters of a digest"),
    "engine/offline/pages.py": (1, "the letters of a digest"),
    "work/clockwatch/pages/promises.py": (2, "the first policies, cut by a count of all of them"),
    "engine/offline/keeping.py": (1, "the letters of a digest"),
    "work/announcements/queries.py": (1, "work in batches"),
    "work/approvals/queries/standing.py": (1, "the words of a right"),
    "work/catalogue/pages/words.py": (1, "the boxes of a question, as many as it may be answered"),
    "work/catalogue/queries/people.py": (1, "the letters of what was typed"),
    "work/histories/queries/logs.py": (1, "work in batches"),
    "work/service_status/pages/feeds.py": (1, "the newest of a feed, as readers of feeds expect"),
    "work/service_levels/queries/awake.py": (2, "whom to wake: enough people, and nobody reads a list"),
    "work/routines/queries.py": (2, "what helps best; further words find every other"),
    "work/servicedesk/queries/logs.py": (1, "work in batches"),
    "work/items/queries/refold.py": (1, "work in batches"),
    "work/projects/pages/gantt.py": (1, "the letters of a label; the table beside has all of it"),
    "steering/budgets/queries/programme.py": (4, "parts a list in two and prints both"),
    "steering/budgets/queries/tables.py": (1, "the columns of a total"),
    "insight/reports/queries.py": (3, "the letters of a key"),
    "registers/ledger/queries.py": (1, "the columns of a row"),
    "engine/commands/confirming.py": (1, "the names in a sentence, which counts all of them"),
    "steering/budgets/pages/grid.py": (
        3,
        "the letters of a number, and sentences that count what they leave out",
    ),
    "steering/budgets/pages/grid_window.py": (
        4,
        "the letters of a number, near codes; a page of the grid, which says of how many",
    ),
}


def slices(source: str) -> Iterator[int]:
    """The lines on which something is cut to more than one piece."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            most = node.slice.upper
            if most is not None and not (isinstance(most, ast.Constant) and most.value in FEW):
                yield node.lineno


def rooms() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if ROOMS.search(name) and "/tests/" not in name and "/migrations/" not in name:
            yield name, path.read_text(encoding="utf-8")


def test_no_page_or_query_holds_rows_back_without_a_cut_or_a_reason():
    found = {name: list(slices(source)) for name, source in rooms()}
    unsaid = {name: lines for name, lines in found.items() if len(lines) > REASONS.get(name, (0, ""))[0]}
    assert not unsaid, f"Show rows through meridian.engine.listing.cut, or give the reason: {unsaid}"


def test_every_template_that_walks_a_cut_says_how_many_there_are():
    walked = 0
    for path in SOURCE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"in ([\w.]+)\.shown %}", text):
            assert f'design/partials/cut.html" with cut={name}' in text, (path, name)
            walked += 1
    assert walked


def test_every_page_that_cuts_hands_the_cut_to_a_template_that_says_it():
    """A module that calls `cut` or `latest` includes the partial in a template of its own."""
    for name, source in rooms():
        if (
            re.search(r"\b(cut|latest)\(", source)
            and "/listing/" not in name
            and name != "engine/pages/earlier.py"
        ):
            module = SOURCE.joinpath(*name.split("/")[:2])
            folders = [module, *(SOURCE / "work" / room for room in ("agentdesk", "portal"))]
            templates = [path for folder in folders for path in folder.rglob("templates/**/*.html")]
            said = ("design/partials/cut.html", "cut.is_cut")
            assert any(word in path.read_text(encoding="utf-8") for path in templates for word in said), name


def test_a_cut_says_how_many_there_are_and_only_when_it_holds_back():
    few, many = cut(range(3), 3), cut(range(1_833), 300)
    assert (few.shown, few.of, few.is_cut) == ([0, 1, 2], 3, False)
    assert (len(many.shown), many.of, many.is_cut) == (300, 1_833, True)
    assert "300" in many.words
    assert "1,833" in many.words
    said = render_to_string("design/partials/cut.html", {"cut": many, "url": "/all/"})
    assert "1,833" in said
    assert 'href="/all/"' in said
    assert not render_to_string("design/partials/cut.html", {"cut": few, "url": "/all/"}).strip()


@pytest.mark.django_db
def test_a_history_is_walked_from_its_newest_row_to_its_first():
    made = [make(Region).pk for _ in range(7)]
    rows = Region.objects.filter(pk__in=made)
    met: list[int] = []
    way, walked = "", False
    while way or not walked:
        request = RequestFactory().get(f"/x/{way}")
        found, way = latest(request, rows, 3)
        met += [row.pk for row in found.shown]
        assert found.is_cut == bool(way)
        walked = True
    assert met == made[::-1]
    for text in ("first", "-1", "9" * 40, "٣٤x"):
        request.GET = QueryDict(mutable=True)
        request.GET["before"] = text
        with pytest.raises(NotUnderstood):
            latest(request, rows, 3)
