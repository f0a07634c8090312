"""Data sets and the tables they give; reports put together."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from meridian.engine.printing.document import Document, Heading, Paragraph, Part
from meridian.engine.tables.catalogue import Dataset, NotLoaded, printed_tables
from meridian.engine.tables.table import Table
from meridian.engine.translation import in_language
from meridian.insight.reports.models import Load, Report
from meridian.insight.reports.rules.narrative import pieces

LANGUAGES = {"ar": "ar", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-hans"}


def dataset_of(directory: Path) -> Dataset:
    """The identity of a folder: the digest of its CSV files and their names."""
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.csv")):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    name = re.sub(r"[^A-Za-z0-9_-]", "_", directory.resolve().name)[:80]
    return Dataset(f"{name[:20]}-{digest.hexdigest()[:16]}", name)


def datasets() -> list[Dataset]:
    """Every data set that is loaded, the latest first."""
    rows = Load.objects.order_by("-pk").values_list("key", "name")
    return [Dataset(key, name) for key, name in dict.fromkeys(rows)]


def dataset_with(key: str) -> Dataset:
    """The loaded data set with that key; `NotLoaded` when there is none."""
    for dataset in datasets():
        if dataset.key == key:
            return dataset
    raise NotLoaded(f"The data set {key} is not loaded.")


def table_of(name: str, dataset: Dataset, language: str) -> Table:
    """A table in a language; an unknown name raises KeyError, missing rows `NotLoaded`."""
    with override(LANGUAGES.get(language, language)):
        printer = printed_tables()[name]
        table = printer.table(dataset)
    return replace(table, dataset=dataset.key) if printer.proof else table


def latest_with(name: str, language: str) -> Table:
    """The table from the latest data set that has its rows."""
    for dataset in datasets():
        try:
            return table_of(name, dataset, language)
        except NotLoaded:
            continue
    raise NotLoaded("No data set with these rows is loaded.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A table that a data set can fill."""

    name: str
    title: str


def offers(dataset: Dataset) -> list[Offer]:
    """The tables for which the data set has rows, with their titles in the reader's language."""
    found = []
    for name, printed in printed_tables().items():
        try:
            printed.table(dataset)
        except NotLoaded:
            continue
        found.append(Offer(name, str(printed.title)))
    return found


def document_of(report: Report, language: str) -> Document:
    """The report in a language: paragraphs numbered through, tables numbered in their order."""
    dataset = dataset_with(report.dataset_key)
    django_language = LANGUAGES.get(language, language)
    parts: list[Part] = []
    number = 0
    for piece in pieces(in_language(report.narrative, django_language)):
        if piece.kind == "heading":
            parts.append(Heading(piece.text, piece.level))
        elif piece.kind == "table":
            parts.append(table_of(piece.text, dataset, language))
        else:
            number += 1
            parts.append(Paragraph(piece.text, number))
    with override(django_language):
        word = _("Table")
    return Document(in_language(report.title, django_language), tuple(parts), language, report.symbol, word)
