"""The sheets of a file by its kind, which is the end of its name."""

from meridian.engine.sheets.cells import Sheet
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.faults import gettext_noop as _
from meridian.engine.sheets.text import read_csv
from meridian.engine.sheets.workbook import read_workbook


def kind_of(name: str) -> str:
    """`csv`, `xlsx`, `json` or whatever else the name ends in."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def read_sheets(name: str, content: bytes, legacy: str = "") -> list[Sheet]:
    """Every sheet of a CSV or XLSX file; `legacy` is an encoding to try for a text that is not Unicode."""
    kind = kind_of(name)
    if kind == "xlsx":
        return read_workbook(content)
    if kind in ("csv", "tsv", "txt"):
        return [read_csv(content, legacy)]
    raise Unreadable(_("%(name)s is no table: its name must end in .csv or .xlsx."), name=name[:80])
