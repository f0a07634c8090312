"""The trail for those who read it: what was done to what, from what to what, by whom, with the ways there."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from meridian.engine.audit.models import Change, Entry
from meridian.engine.design.tables import Cell, Column
from meridian.engine.listing.cut import cut
from meridian.engine.listing.listing import Page
from meridian.engine.pages.detail_page import DetailPage
from meridian.engine.pages.list_page import ListPage
from meridian.engine.policies import Request
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, Sight, unseen_text
from meridian.engine.values import ABSENT, Renderer, url_of
from meridian.engine.values.changes import Told, happened
from meridian.engine.values.deeds import doing

MOST_CHANGES = 200
# A list of the trail speaks of rows of every kind: those most often met are named, the others numbered.
NAMED_KINDS = 3


class TrailRenderer(Renderer):
    """Tells entries and changes by what they speak of."""

    def __init__(self, sight: Sight) -> None:
        super().__init__(sight)
        self.told = Told([], sight)

    def look_over(self, resource: type[Resource], rows: Sequence[Model], names: Iterable[str]) -> None:
        super().look_over(resource, rows, names)
        self.told = Told([row for row in rows if isinstance(row, Change)], self.sight, NAMED_KINDS)

    def value(self, resource: type[Resource], row: Model, name: str) -> Cell:
        if isinstance(row, Entry):
            said = self._of_entry(row, name)
        else:
            said = self._of_change(row, name)
        return said or super().value(resource, row, name)

    def _of_entry(self, entry: Entry, name: str) -> Cell | None:
        if name == "command":
            return Cell(doing(entry.command))
        return self.told.person(entry) if name == "actor_label" else None

    def fact(self, resource: type[Resource], row: Model, name: str) -> dict[str, Any]:
        """Of an entry, whose account it was and not its number."""
        fact = super().fact(resource, row, name)
        if isinstance(row, Entry) and name == "actor_id" and row.actor_id is not None:
            return fact | self.told.person(row)._asdict()
        return fact

    def _of_change(self, change: Any, name: str) -> Cell | None:
        if name == "entry" and self.sight.sees(Entry, change.entry_id):
            return Cell(doing(change.entry.command), url=url_of(change.entry))
        if name == "table":
            resource = self.told.resource(change)
            noun = str(resource.model._meta.verbose_name) if resource else change.table
            return Cell(noun[:1].upper() + noun[1:])
        if name == "row_id":
            return self.told.row(change)
        if name == "operation":
            return Cell(happened(change))
        if name == "after":
            lines = self.told.lines(change)
            return Cell(format_html_join("", "<div>{}</div>", ((line.markup,) for line in lines)) or ABSENT)
        return None


class TrailList(ListPage):
    """A list of the trail."""

    renderer = TrailRenderer


class EntryList(TrailList):
    """The entries: what was done, by whom, when."""


class ChangeList(TrailList):
    """The differences: the row, what changed in it, by which entry."""

    def column(self, request: Request, page: Page, name: str, minor: bool) -> Column:
        made = super().column(request, page, name, minor)
        titles = {"row_id": _("Row"), "table": _("Kind"), "operation": _("What happened")}
        titles |= {"after": _("What changed"), "entry": _("Entry")}
        return Column(titles.get(name, made.title), "text", made.sort_url, made.sorted, made.minor, made.why)


class TrailPage(DetailPage):
    """A page of the trail."""

    renderer = TrailRenderer

    def events(self, request: Request, changes: Sequence[Change]) -> list[dict[str, Any]]:
        """The changes, each with the row that it is of."""
        sight = Sight(request.actor)
        told = Told(changes, sight)
        unseen = {"by": Cell(unseen_text()), "reason": ""}
        return [
            told.event(change)
            | {"row": told.row(change)}
            | ({} if sight.sees(Entry, change.entry_id) else unseen)
            for change in changes
        ]


class EntryPage(TrailPage):
    """One entry with every difference that it made."""

    template = "operation/entry.html"

    def context(self, request: Request, row: Any, tab: str) -> dict[str, Any]:
        context = super().context(request, row, tab)
        if tab:
            return context
        rows = permitted_rows(Change, request.actor, "view").filter(entry=row).order_by("id")
        found = cut(rows.select_related("entry"), MOST_CHANGES)
        return context | {"tiles": [], "events": self.events(request, found.shown), "cut": found}

    def head(self, request: Request, row: Any) -> dict[str, Any]:
        return super().head(request, row) | {"title": doing(row.command)}


class ChangePage(TrailPage):
    """One difference."""

    template = "operation/change.html"

    def context(self, request: Request, row: Any, tab: str) -> dict[str, Any]:
        context = super().context(request, row, tab)
        return context if tab else context | {"panels": [], "events": self.events(request, [row])}

    def head(self, request: Request, row: Any) -> dict[str, Any]:
        return super().head(request, row) | {"title": Told([row], Sight(request.actor)).row(row).text}
