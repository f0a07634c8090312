"""One row per field: the facets from which every surface is derived."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from meridian.engine.translation import TranslatedField

WEIGHTS = ("", "A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class F:
    """A field of a model and where it shows.

    `column`: in lists. `filter`: None lets the type decide (choices, booleans, references
    and dates filter). `search`: weight A to D in the search, empty for none. `form`: in
    forms. `api`: "", "r" or "rw". `io`: in files; what no form can change is read back only to be
    compared. `audit`: recorded in the trail.
    """

    name: str
    column: bool = False
    filter: bool | None = None
    search: str = ""
    form: bool = True
    api: str = "rw"
    io: bool = True
    audit: bool = True

    def resolved(self, model: type[models.Model]) -> "F":
        """The row with defaults that follow from the field's type."""
        field = model._meta.get_field(self.name)
        if self.search not in WEIGHTS:
            raise TypeError(f"{model._meta.label}.{self.name}: no search weight {self.search!r}.")
        row = self if self.filter is not None else replace(self, filter=_filters(field))
        if not field.editable:
            row = replace(row, form=False, api="r" if row.api else "")
        return row


def _filters(field: Any) -> bool:
    return bool(
        field.choices
        or field.is_relation
        or isinstance(field, models.BooleanField | models.DateField | models.DateTimeField)
    )


def is_translated(field: Any) -> bool:
    return isinstance(field, TranslatedField)
