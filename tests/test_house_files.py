"""Every resource as a file: what goes out comes in unchanged, and a run does what its dry run said."""

import datetime
import io
import json

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from house.actors import stage
from house.factory import MAKER, make
from house.nouns import tampering
from house.shares import every

from meridian.engine.audit.models import Entry
from meridian.engine.exchange.asking import pieces_of
from meridian.engine.exchange.files import READING, TYPES, read_file, write_rows
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.listing.asking import PARAMETER, offered
from meridian.engine.policies import policy_of
from meridian.engine.resources import Resource, Sight, is_translated, resources
from meridian.engine.translation import Translations, language_codes
from meridian.engine.values import ABSENT, Renderer, kind_of, label_of
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
FILED = [resource for resource in resources() if resource.file_fields()]
EVERY = every(FILED)
# A formula, an apostrophe, line breaks, zeros, what parts a key from its name, JSON, marks of direction.
HOSTILE = '\'=1+1 \u00b7 007\r\n"{"a": [1]}";,\t\n_x0041_<r>\U0001f600\u202e\u061c\ufeff '
LONG = 3_000


def row_of(resource: type[Resource]) -> models.Model:
    here = stage().here
    return make(Unit, parent=here) if resource.model is Unit else make(resource.model, {Unit: here})


def fill_with_hostile_text(resource: type[Resource], row: models.Model) -> None:
    """Put hostile text into every column of text that the database lets hold it, whatever commands forbid."""
    for name in resource.file_fields():
        field = resource.field(name)
        if is_translated(field):
            value = Translations({code: f"{HOSTILE}{code}" * 20 for code in language_codes()})
        elif isinstance(field, models.CharField | models.TextField) and name != "path":
            value = (HOSTILE * LONG)[: field.max_length or LONG]
        else:
            continue
        with tampering():
            try:
                with transaction.atomic():
                    resource.model._base_manager.filter(pk=row.pk).update(**{name: value})
            except (DatabaseError, ValidationError):
                continue


def state(resource: type[Resource]) -> tuple:
    return list(resource.model._base_manager.order_by("pk").values()), Entry.objects.count()


@EVERY
def test_an_export_read_back_changes_nothing_in_any_format(resource):
    fill_with_hostile_text(resource, row_of(resource))
    before = state(resource)
    rows = list(export_rows(resource, MAKER, {}))
    for kind in TYPES:
        content = b"".join(write_rows(kind, headings(resource), rows))
        report = import_rows(resource, MAKER, read_file(f"rows.{kind}", content), dry=False)
        assert (report.faults, report.lines, report.unchanged) == ([], len(rows), len(rows)), kind
    assert state(resource) == before


@EVERY
def test_a_run_does_exactly_what_its_dry_run_said(resource):
    row = row_of(resource)
    before = state(resource)
    lines = [dict(zip(headings(resource), texts, strict=True)) for texts in export_rows(resource, MAKER, {})]
    for line in lines:
        line |= {title: "altered" for title in line if title.endswith(".en") or title in ("title", "reason")}
    table = read_file("rows.json", json.dumps(lines).encode())
    dry = import_rows(resource, MAKER, table, dry=True)
    assert state(resource) == before
    run = import_rows(resource, MAKER, table, dry=False, tried=dry.mark)
    told = [(each.added, each.changed, each.unchanged, each.cells, each.differences) for each in (dry, run)]
    assert told[0] == told[1]
    assert not run.is_stale
    assert [fault.sentence for fault in run.faults] == [fault.sentence for fault in dry.faults]
    moved = [old != new for old, new in zip(before[0], state(resource)[0], strict=True)]
    assert sum(moved) == (run.changed if run.written else 0), row


@EVERY
def test_a_file_to_read_says_what_the_list_says_and_keeps_figures_as_figures(resource):
    row = row_of(resource)
    row.refresh_from_db()
    names = offered(resource)
    content = b"".join(pieces_of(resource, MAKER, {PARAMETER: ",".join(names)}, READING))
    head, *lines = openpyxl.load_workbook(io.BytesIO(content)).active.values
    assert list(head) == [label_of(resource.field(name)) for name in names]
    assert (
        len(lines)
        == resource.model._base_manager.filter(policy_of(resource.model).scope(MAKER, "export")).count()
    )
    renderer = Renderer(Sight(MAKER))
    whole = [renderer.whole(resource, row, name).text for name in names]
    for line in lines:
        for name, cell in zip(names, line, strict=True):
            field = resource.field(name)
            if isinstance(field, models.BooleanField):
                assert cell in (None, "Yes", "No")
            elif field.choices:
                assert cell in {None, *(str(words) for _code, words in field.flatchoices)}
            elif kind_of(field) in ("day", "instant"):
                assert cell is None or isinstance(cell, datetime.date)
            elif kind_of(field) in ("number", "money", "percent"):
                assert cell is None or isinstance(cell, int | float)
    texts = [str(cell) for line in lines for cell in line]
    for name, text in zip(names, whole, strict=True):
        if kind_of(resource.field(name)) in ("reference", "choice", "truth", "translated", "structure"):
            assert text == ABSENT or str(text)[:200] in " ".join(texts), name
