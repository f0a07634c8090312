"""Documents as DOCX: real headings, real table heads, right to left where the language is.

A row's kind and level are the name of its paragraph style ("Table subtotal 1"), so that a
reader program finds the structure that a person sees. Footnote letters are runs apart.
"""

import io
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from meridian.engine.printing.document import Document, Heading, Part
from meridian.engine.printing.fonts import ARABIC, CHINESE, LATIN
from meridian.engine.printing.numbers import direction, printed
from meridian.engine.tables.table import Row, RowKind, Table

LABEL_SHARE_PERCENT = 34
# Word takes these for the edges where a line begins and ends: in Arabic they change sides.
LEADING, TRAILING = "left", "right"
LANGUAGE_TAGS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}


def render(document: Document) -> bytes:
    """The file; its core property `language` is the language code."""
    word = docx.Document()
    word.core_properties.title = str(document.title)
    word.core_properties.language = document.language
    right_to_left = direction(document.language) == "rtl"
    _set_language(word, document.language, right_to_left=right_to_left)
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    if document.symbol:
        word.add_paragraph(document.symbol)
    if document.title:
        word.add_heading(str(document.title), 0)
    for part in document.parts:
        _add(word, document, part, right_to_left=right_to_left)
    if right_to_left:
        _mirror(word)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _add(word: WordDocument, document: Document, part: Part, *, right_to_left: bool) -> None:
    if isinstance(part, Heading):
        word.add_heading(str(part.text), min(part.level, 9))
    elif isinstance(part, Table):
        _add_table(word, document, part, right_to_left=right_to_left)
    else:
        number = "" if part.number is None else f"{part.number}.\t"
        word.add_paragraph(f"{number}{part.text}")


def _add_table(word: WordDocument, document: Document, table: Table, *, right_to_left: bool) -> None:
    caption = word.add_paragraph(document.caption(table), style="Caption")
    caption.paragraph_format.keep_with_next = True
    unit = word.add_paragraph(f"({table.unit})")
    unit.paragraph_format.keep_with_next = True
    for row in {_style_name(row): row for row in table.rows}.values():
        _style(word, row)
    body = word.element.body
    body.insert(len(body) - 1, parse_xml(_table_xml(table, document.language, right_to_left=right_to_left)))
    for mark, text in table.notes:
        note = word.add_paragraph()
        note.add_run(str(mark)).font.superscript = True
        note.add_run(f" {text}")
    word.add_paragraph()


def _style(word: WordDocument, row: Row) -> None:
    """Make sure of the paragraph style for the row's kind and level."""
    name = _style_name(row)
    if name in {style.name for style in word.styles}:
        return
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    style.font.bold = row.kind is not RowKind.LINE
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.left_indent = Pt(9 * max(0, row.level - 1))


def _style_name(row: Row) -> str:
    return f"Table {row.kind} {row.level}"


def _table_xml(table: Table, language: str, *, right_to_left: bool) -> str:
    width = (100 - LABEL_SHARE_PERCENT) * 50 // max(1, len(table.columns))
    widths = [LABEL_SHARE_PERCENT * 50, *[width] * len(table.columns)]
    head = _row_xml(
        [
            _cell(_runs(str(text)), widths[index], align=LEADING if index == 0 else TRAILING, bold=True)
            for index, text in enumerate([table.row_heading, *[c.label for c in table.columns]])
        ],
        head=True,
    )
    rows = "".join(_row_xml(_cells(table, row, language, widths)) for row in table.rows)
    mirrored = "<w:bidiVisual/>" if right_to_left else ""
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>{mirrored}'
        f'<w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1" w:firstColumn="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.name)}/>"
        f"<w:tblDescription w:val={quoteattr(str(table.unit))}/></w:tblPr>"
        f"<w:tblGrid>{'<w:gridCol/>' * len(widths)}</w:tblGrid>{head}{rows}</w:tbl>"
    )


def _cells(table: Table, row: Row, language: str, widths: list[int]) -> list[str]:
    style, bold = _style_name(row).replace(" ", ""), row.kind is not RowKind.LINE
    cells = [_cell(_runs(str(row.label), row.marks), widths[0], style=style)]
    for index, (column, value) in enumerate(zip(table.columns, row.values, strict=True), 1):
        text = printed(value, table.decimals_of(column), language)
        runs = _runs(text, row.figure_marks.get(column.key, ()), figure=True, bold=bold)
        cells.append(_cell(runs, widths[index], align=TRAILING))
    return cells


def _row_xml(cells: list[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(runs: str, width: int, *, align: str = LEADING, style: str = "", bold: bool = False) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    aligned = f'<w:jc w:val="{align}"/>'
    if bold:
        runs = runs.replace("<w:rPr>", "<w:rPr><w:b/><w:bCs/>")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/></w:tcPr>'
        f'<w:p><w:pPr>{named}<w:spacing w:after="40"/>{aligned}</w:pPr>{runs}</w:p></w:tc>'
    )


def _runs(text: str, marks: tuple[str, ...] = (), *, figure: bool = False, bold: bool = False) -> str:
    strong = "<w:b/><w:bCs/>" if bold else ""
    kept = "<w:noProof/>" if figure else ""
    runs = f'<w:r><w:rPr>{strong}{kept}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    if marks:
        letters = escape(", ".join(marks))
        runs += f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{letters}</w:t></w:r>'
    return runs


def _set_language(word: WordDocument, language: str, *, right_to_left: bool) -> None:
    """Fonts for the three scripts and the language of the text in the default style."""
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(9)
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:cs"), ARABIC)
    fonts.set(qn("w:eastAsia"), CHINESE)
    tag = LANGUAGE_TAGS.get(language.split("-")[0], language)
    facet = "w:bidi" if right_to_left else "w:eastAsia" if language.startswith("zh") else "w:val"
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} {facet}="{escape(tag)}"/>'))


def _mirror(word: WordDocument) -> None:
    """Turn the section, every paragraph and every run of text to right to left; figures keep their run."""
    for section in word.sections:
        grid = section._sectPr.find(qn("w:docGrid"))
        turned = parse_xml(f"<w:bidi {nsdecls('w')}/>")
        section._sectPr.append(turned) if grid is None else grid.addprevious(turned)
    for paragraph in word.element.body.iter(qn("w:p")):
        properties = paragraph.get_or_add_pPr()
        properties.insert_element_before(
            parse_xml(f"<w:bidi {nsdecls('w')}/>"), "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
        )
        for edge in properties.iter(qn("w:jc")):
            # Digits run from left to right in every language, so they line up on the right.
            edge.set(qn("w:val"), LEADING)
        for run in paragraph.iter(qn("w:r")):
            run_properties = run.get_or_add_rPr()
            if run_properties.find(qn("w:noProof")) is None:
                run_properties.append(parse_xml(f"<w:rtl {nsdecls('w')}/>"))
