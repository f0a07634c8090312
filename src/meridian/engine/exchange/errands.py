"""Large files, made and taken in by the worker."""

from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from meridian.engine.errands.working import Work
from meridian.engine.exchange.asking import (
    Sent,
    exported,
    imported,
    listed,
    mark_in,
    name_and_type,
    pieces_of,
    resource_named,
)
from meridian.engine.exchange.transfer import import_rows
from meridian.engine.values import resource_name


def take_out(work: Work) -> dict[str, Any]:
    """Write the rows of a list into a file."""
    asked = work.arguments
    resource, kind, parameters = resource_named(asked["resource"]), asked["kind"], QueryDict(asked["query"])
    exported(resource, work.actor, kind)
    total = listed(resource, work.actor, parameters, kind).count()
    counted = partial(work.counted, rows_total=total)
    with work.file(*name_and_type(resource, kind)) as stream:
        for piece in pieces_of(resource, work.actor, parameters, kind, counted):
            stream.write(piece)
    return {}


def take_in(work: Work) -> dict[str, Any]:
    """Take a file in, or try it, and tell what that did."""
    asked = work.arguments
    resource = resource_named(asked["resource"])
    imported(resource, work.actor)
    sent = Sent(asked["file"], work.content(), asked["sheet"], asked["dry"], asked["tried"])
    table = sent.table()
    report = import_rows(resource, work.actor, table, dry=sent.dry, tried=mark_in(sent.tried), told=work.at)
    url = reverse(f"{resource_name(resource)}-import")
    return report.told() | {"tried": sent.held(report), "url": url}
