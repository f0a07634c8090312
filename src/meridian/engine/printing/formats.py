"""Print a table or a document in the format asked for."""

from importlib import import_module

from meridian.engine.printing.document import Document, alone
from meridian.engine.tables.table import Table

FORMATS = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def print_document(document: Document, form: str) -> bytes:
    """The document in one of FORMATS (whose values are the media types).

    An unknown format, or CSV for more than one table, raises ValueError.
    """
    if form not in FORMATS:
        raise ValueError(f"There is no format {form!r}; choose one of {', '.join(FORMATS)}.")
    # Each format brings a library of its own; only the one that is asked for is loaded.
    return import_module(f"meridian.engine.printing.as_{form}").render(document)


def print_table(table: Table, form: str, language: str = "en") -> bytes:
    """One table in one of FORMATS, for readers of `language`."""
    return print_document(alone(table, language), form)
