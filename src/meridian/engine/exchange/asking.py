"""What is small is done at once; for what is large an errand is asked for."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.errands.commands import ask_errand
from meridian.engine.errands.models import Errand
from meridian.engine.exchange import limits
from meridian.engine.exchange.files import READING, TYPES, read_file, write_for_reading, write_rows
from meridian.engine.exchange.readable import columns_in, readable_rows, titles_of
from meridian.engine.exchange.report import Report
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.listing.asking import PARAMETER
from meridian.engine.listing.listing import Listing
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import Resource, resources
from meridian.engine.sheets.table import Table

Counted = Callable[[Iterable[Any]], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that is to be taken in, or only tried when `dry`.

    `tried` is what the report of a trial said: this file, doing just that.
    """

    name: str
    content: bytes
    sheet: str = ""
    dry: bool = False
    tried: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def table(self) -> Table:
        """What the file holds; refuses what is none, and another file than the one that was tried."""
        tried, _separator, _mark = self.tried.partition(".")
        if not self.dry and tried and tried != self.digest:
            raise Refusal(_("This is another file than the one that was tried. Try it first."), "file")
        return read_file(self.name, self.content, self.sheet)

    def held(self, report: Report) -> str:
        """What a run after this report is held to; empty when there is nothing to run."""
        return f"{self.digest}.{report.mark}" if report.may_follow else ""


def exported(resource: type[Resource], actor: Actor, kind: str) -> None:
    """Refuse what can't be taken out, in words."""
    if kind not in (*TYPES, READING) or not resource.file_fields():
        raise Unseen(_("There is no such file format."))
    _permit(resource, actor, "export")


def imported(resource: type[Resource], actor: Actor) -> None:
    """Refuse what can't be taken in, in words."""
    if not resource.add:
        raise Unseen(_("Rows of this kind can't be taken in."))
    _permit(resource, actor, "import")


def _permit(resource: type[Resource], actor: Actor, action: str) -> None:
    policy = policy_of(resource.model)
    if not policy.may(actor, action):
        sentence = _("You may not do this (%(permission)s). Ask whoever gives out roles in your unit.")
        raise Unpermitted(sentence % {"permission": policy.code(action)})


def resource_named(label: str) -> type[Resource]:
    """The resource of a model by its label, if its rows go into files."""
    for resource in resources():
        if resource.model._meta.label_lower == label and resource.file_fields():
            return resource
    raise Unseen(_("There are no files of “%(name)s”.") % {"name": label[:80]})


def listed(resource: type[Resource], actor: Actor, parameters: Mapping[str, str], kind: str) -> QuerySet:
    """The rows of a file; refuses what isn't understood before the first of them."""
    if kind == READING:
        columns_in(resource, parameters)
    further = (PARAMETER,) if kind == READING else ()
    return Listing(resource, actor, parameters, further).rows("export").order_by()


def is_long(resource: type[Resource], actor: Actor, parameters: Mapping[str, str], kind: str) -> bool:
    """Whether a file has so many rows that the worker makes it; no more than just too many are counted."""
    rows = listed(resource, actor, parameters, kind).values("pk")
    return rows[: limits.AT_ONCE_EXPORTED_ROWS + 1].count() > limits.AT_ONCE_EXPORTED_ROWS


def pieces_of(
    resource: type[Resource],
    actor: Actor,
    parameters: Mapping[str, str],
    kind: str,
    counted: Counted = iter,
) -> Iterator[bytes]:
    """The file of rows, piece by piece; `counted` is passed every row."""
    if kind == READING:
        names = columns_in(resource, parameters)
        rows = readable_rows(resource, actor, parameters, names)
        return write_for_reading(titles_of(resource, names), counted(rows))
    return write_rows(kind, headings(resource), counted(export_rows(resource, actor, parameters)))


def name_and_type(resource: type[Resource], kind: str) -> tuple[str, str]:
    """What the file is called, and its media type."""
    if kind == READING:
        return f"{resource.address}-to-read.xlsx", TYPES["xlsx"]
    return f"{resource.address}.{kind}", TYPES[kind]


def ask_export(resource: type[Resource], actor: Actor, parameters: QueryDict, kind: str) -> Errand:
    """Ask for the rows that pass the list's filters as a file."""
    arguments = {"resource": resource.model._meta.label_lower, "kind": kind, "query": parameters.urlencode()}
    title = title_of(resource, kind)
    return ask_errand(actor=actor, kind="exchange.take_out", title=title, arguments=arguments)


def title_of(resource: type[Resource], kind: str) -> str:
    """A file of rows in words."""
    words = _("%(rows)s to read") if kind == READING else _("%(rows)s as %(kind)s")
    return words % {"rows": plural(resource), "kind": kind.upper()}


def take_or_ask(resource: type[Resource], actor: Actor, sent: Sent) -> Report | Errand:
    """Take a small file in, or try it, and tell; let the worker do so with a large one."""
    imported(resource, actor)
    if len(sent.content) <= limits.AT_ONCE_IMPORTED_BYTES:
        table = sent.table()
        if len(table.lines) <= limits.AT_ONCE_IMPORTED_ROWS:
            return import_rows(resource, actor, table, dry=sent.dry, tried=mark_in(sent.tried))
    words = _("%(rows)s from %(file)s, tried") if sent.dry else _("%(rows)s from %(file)s")
    arguments: dict[str, Any] = {
        "resource": resource.model._meta.label_lower,
        "file": sent.name,
        "sheet": sent.sheet,
        "dry": sent.dry,
        "tried": sent.tried,
    }
    return ask_errand(
        actor=actor,
        kind="exchange.take_in",
        title=words % {"rows": plural(resource), "file": sent.name[:100]},
        arguments=arguments,
        content=sent.content,
    )


def mark_in(tried: str) -> str:
    """The mark of a report in what a run is held to."""
    return tried.partition(".")[2]


def plural(resource: type[Resource]) -> str:
    """What its rows are called, as the beginning of a sentence."""
    title = str(resource.model._meta.verbose_name_plural)
    return title[:1].upper() + title[1:]
