"""The report builder: the preview is the paper, files come in six languages, and rights hold."""

import pytest
from house.actors import stage

from meridian.engine.policies import system_actor
from meridian.engine.reading.printed import read_tables
from meridian.engine.tables.adding import re_add
from meridian.insight.reports import commands
from meridian.insight.reports.queries import LANGUAGES, dataset_of
from meridian.insight.reports.rules.narrative import pieces
from meridian.insight.reports.tests.slow_reader import OFFICE

ACTOR = system_actor("tests")
TEXT = "# Costs\n\nFirst line\nof a paragraph.\n\n[[projects-by-biennium]]\n\nSecond.\n"


def test_a_narrative_falls_into_its_pieces():
    found = [(piece.kind, piece.text) for piece in pieces(TEXT)]
    assert found == [
        ("heading", "Costs"),
        ("paragraph", "First line of a paragraph."),
        ("table", "projects-by-biennium"),
        ("paragraph", "Second."),
    ]


@pytest.fixture
def report(db):
    dataset = dataset_of(OFFICE)
    commands.load_folder(actor=ACTOR, directory=OFFICE, dataset=dataset)
    facts = {"symbol": "A/65/491", "title": {"en": "Initiatives"}, "dataset_key": dataset.key}
    return commands.add_report(actor=ACTOR, narrative={"en": TEXT}, **facts)


def test_the_builder_previews_and_saves(report):
    client = stage().clients["lord"]
    here = f"/reports/reports/{report.pk}/"
    page = client.get(here).content.decode()
    assert "140\u00a0675.3" in page
    assert "First line of a paragraph." in page
    answer = client.post(
        f"{here}?language=fr", {"title": "Titre", "narrative": "Texte.", "add_table": "benefits"}
    )
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.narrative["fr"].endswith("[[benefits]]\n")
    assert "101,8" in client.get(f"{here}?language=fr").content.decode()
    wrong = client.post(here, {"title": "Title", "narrative": "[[no-such-table]]"})
    assert "no-such-table" in wrong.content.decode()
    report.refresh_from_db()
    assert report.narrative["en"] == TEXT


def test_the_paper_comes_as_files_in_six_languages(report, tmp_path):
    client = stage().clients["lord"]
    for language in LANGUAGES:
        for form in ("docx", "xlsx", "pdf", "html"):
            answer = client.get(f"/reports/reports/{report.pk}/as/{form}/?language={language}")
            assert answer.status_code == 200
            path = tmp_path / f"paper.{form}"
            path.write_bytes(answer.content)
            (table,) = read_tables(path)
            assert re_add(table) == []
            assert len(table.rows) == 6


def test_rights_hold(report):
    clients = stage().clients
    here = f"/reports/reports/{report.pk}/"
    assert clients["stranger"].get(here).status_code == 403
    assert clients["anonymous"].get(here).status_code == 302
    assert clients["auditor"].post(here, {"title": "x", "narrative": "y"}).status_code == 403
    assert clients["stranger"].get("/reports/").status_code == 403
    assert clients["lord"].get("/reports/").status_code == 200
