"""What must hold of every printed file: read back from what a person sees, it is the table, and it adds."""

from dataclasses import replace

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from meridian.engine.printing.document import Document, Heading, Paragraph, alone
from meridian.engine.printing.formats import FORMATS, print_document, print_table
from meridian.engine.reading.printed import read_back, read_tables
from meridian.engine.tables.adding import re_add
from meridian.engine.tables.tests.samples import WORDS, counts, projects

DOCUMENT_FORMATS = ("html", "xlsx", "docx", "pdf", "json")


def report(language: str) -> Document:
    """Narrative and two tables."""
    title, _, heading, *_ = WORDS[language]
    parts = (
        Heading(heading),
        Paragraph("The costs of 2010 are shown in the table; 1 234.5 is a figure in the text.", 1),
        projects(language),
        Heading(heading, 2),
        counts(),
        Paragraph("2019"),
    )
    return Document(title, parts, language, "A/65/491", "Table")


def figures(table):
    return [row.values for row in table.rows]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", WORDS)
def test_a_printed_table_reads_back_and_adds(tmp_path, form, language):
    table = projects(language)
    path = tmp_path / f"{table.name}.{form}"
    path.write_bytes(print_table(table, form, language))
    read = read_back(path)
    assert read.name == table.name
    assert figures(read) == figures(table)
    assert [(row.level, row.kind) for row in read.rows] == [(row.level, row.kind) for row in table.rows]
    assert re_add(read, table.columns) == []
    if form != "json":
        assert [row.label for row in read.rows] == [row.label for row in table.rows]


@pytest.mark.parametrize("form", DOCUMENT_FORMATS)
@pytest.mark.parametrize("language", ["ar", "en", "zh"])
def test_the_tables_of_a_report_read_back_and_add(tmp_path, form, language):
    document = report(language)
    path = tmp_path / f"report.{form}"
    path.write_bytes(print_document(document, form))
    for read, table in zip(read_tables(path), document.tables, strict=True):
        assert figures(read) == figures(table)
        assert re_add(read, table.columns) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_wrong_total_is_found_in_every_format(tmp_path, form):
    table = counts()
    total = table.rows[-1]
    wrong = replace(
        table, rows=(*table.rows[:-1], replace(total, values=(total.values[0] + 1, *total.values[1:])))
    )
    path = tmp_path / f"posts.{form}"
    path.write_bytes(print_table(wrong, form))
    found = re_add(read_back(path), table.columns)
    assert {(mismatch.stated, mismatch.expected) for mismatch in found} == {(2020, 2019), (2050, 2051)}


def test_totals_in_a_workbook_are_live_formulas(tmp_path):
    path = tmp_path / "projects.xlsx"
    path.write_bytes(print_table(projects("en"), "xlsx"))
    sheet = openpyxl.load_workbook(path).active
    assert sheet["D8"].value == "=SUM(D5:D7)"
    assert sheet["D10"].value == "=SUM(D8:D9)"
    assert sheet["G5"].value == "=+D5+E5+F5"
    assert sheet["A10"].value == "total"


def test_arabic_runs_from_right_to_left_everywhere(tmp_path):
    document = report("ar")
    for form in ("xlsx", "docx", "html"):
        (tmp_path / f"report.{form}").write_bytes(print_document(document, form))
    assert all(sheet.sheet_view.rightToLeft for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx"))
    body = docx.Document(str(tmp_path / "report.docx")).element.body
    assert all(table.tblPr.find(qn("w:bidiVisual")) is not None for table in body.iter(qn("w:tbl")))
    assert all(paragraph.pPr.find(qn("w:bidi")) is not None for paragraph in body.iter(qn("w:p")))
    assert '<html lang="ar" dir="rtl">' in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize(
    ("language", "family"), [("ar", "NotoSansArabic"), ("zh", "NotoSansCJKsc"), ("ru", "NotoSans")]
)
def test_the_fonts_of_a_pdf_are_embedded(tmp_path, language, family):
    path = tmp_path / "report.pdf"
    path.write_bytes(print_document(report(language), "pdf"))
    fonts = {}
    for page in pypdf.PdfReader(path).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()["/DescendantFonts"][0].get_object()
            fonts[str(font["/BaseFont"])] = font["/FontDescriptor"].get_object()
    assert any(family in name for name in fonts)
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in fonts.values())


def test_text_of_a_report_is_in_its_pdf(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(print_document(report("en"), "pdf"))
    text = pypdf.PdfReader(path).pages[0].extract_text()
    assert "A/65/491" in text
    assert "Table 1. Costs by project" in text
    assert "<As> published" in text


def test_text_cannot_become_markup_or_a_formula(tmp_path):
    table = replace(
        counts(),
        title="<script>alert(1)</script> #panic()",
        rows=tuple(replace(row, label=f"=cmd|{row.label}") for row in counts().rows),
    )
    assert b"<script>" not in print_table(table, "html")
    assert b"'=cmd|P-5" in print_table(table, "csv")
    (tmp_path / "t.xlsx").write_bytes(print_table(table, "xlsx"))
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").active["C5"].data_type == "s"
    assert print_table(table, "pdf").startswith(b"%PDF")


def test_what_cannot_be_printed_or_read_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no format"):
        print_table(counts(), "odt")
    with pytest.raises(ValueError, match="one table"):
        print_document(report("en"), "csv")
    with pytest.raises(ValueError, match="no table"):
        read_tables(tmp_path / "x.odt")
    (tmp_path / "report.html").write_bytes(print_document(report("en"), "html"))
    with pytest.raises(ValueError, match="holds 2 tables"):
        read_back(tmp_path / "report.html")
    with pytest.raises(ValueError, match="No notation"):
        print_document(alone(counts(), "xx"), "html")
