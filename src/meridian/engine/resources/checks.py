"""What a declaration may not say: each fault is told in words when the house starts."""

import re
from typing import TYPE_CHECKING

from meridian.engine.resources.verb import check_verbs

if TYPE_CHECKING:
    from meridian.engine.resources.resource import Resource

ADDRESS = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ABILITIES = ("attachments",)
PAGES = ("list", "detail", "form", "bulk", "files")
# What the address of a list says of order and pages.
RESERVED = {"sort", "after", "before", "q", "columns", "next"}


def check_declaration(resource: "type[Resource]") -> None:
    """Raise `TypeError` for the first fault."""
    if not ADDRESS.fullmatch(getattr(resource, "address", "")):
        raise TypeError(f'{resource.__name__}: say its address in small letters, such as "duty-stations".')
    _check_fields(resource)
    if unknown := set(resource.abilities) - set(ABILITIES):
        raise TypeError(f"{resource.__name__}: unknown abilities {sorted(unknown)}.")
    check_verbs(resource.model, resource.verbs)
    if unknown := set(resource.pages) - {*PAGES, *(verb.name for verb in resource.verbs)}:
        raise TypeError(f"{resource.__name__}: no generated pages are called {sorted(unknown)}.")
    _check_tones(resource)


def _check_fields(resource: "type[Resource]") -> None:
    options = resource.model._meta
    known = {field.name for field in (*options.concrete_fields, *options.many_to_many)} - {"id", "version"}
    declared = [row.name for row in resource.fields]
    missing, unknown = known - set(declared), set(declared) - known
    if missing or unknown or len(declared) != len(set(declared)):
        raise TypeError(
            f"{resource.__name__}: fields without a row {sorted(missing)},"
            f" rows without a field {sorted(unknown)}."
        )


def _check_tones(resource: "type[Resource]") -> None:
    field = resource.field(resource.state) if resource.state else None
    states = {str(value) for value, _label in field.flatchoices} if field else set()
    if set(resource.tones) != states:
        raise TypeError(
            f"{resource.__name__}: states without a tone {sorted(states - set(resource.tones))},"
            f" tones without a state {sorted(set(resource.tones) - states)}."
        )


def check_filters(resource: "type[Resource]") -> None:
    """Raise `TypeError` for filters whose names a list's address needs."""
    if taken := RESERVED & {row.name for row in resource.fields if row.filter}:
        raise TypeError(
            f"{resource.__name__}: {sorted(taken)} can't filter: a list's address means its pages by them."
        )
