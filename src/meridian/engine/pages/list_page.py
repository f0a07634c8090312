"""The list of a resource: filters, order, saved views, bulk actions, files."""

from typing import Any

from django.db.models import Model
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.commands import Unseen
from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table
from meridian.engine.exchange.files import READING, TYPES
from meridian.engine.figures import number_text
from meridian.engine.listing.asking import PARAMETER, usual
from meridian.engine.listing.listing import COUNTED_ROWS, Listing, Page
from meridian.engine.listing.orders import orders
from meridian.engine.pages.asked import BY_ITSELF
from meridian.engine.pages.columns import Shown, keep_columns, moved, shown_columns
from meridian.engine.pages.filters import filter_bar, named_by, reference_choices
from meridian.engine.pages.slots import Badge, actions_for, badges_for, columns_for
from meridian.engine.pages.views import keep_view, turn_sharing, views_of
from meridian.engine.policies import Request, policy_of
from meridian.engine.resources import Resource, Sight
from meridian.engine.values import Renderer, column_kind, label_of, resource_name

NOTHING = Cell("–")


class ListPage:
    """Answers with the whole page, or with `#list` alone when htmx asks for that target."""

    template = "pages/list.html"
    parameters = BY_ITSELF
    needs = "view"
    renderer = Renderer

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    def __call__(self, request: Request) -> HttpResponseBase:
        shown = shown_columns(self.resource, self.name, request.actor, request.GET)
        if request.method == "POST":
            return self.keep(request, shown)
        asked = request.GET.copy()
        if shown.sort and "sort" not in asked:
            asked["sort"] = shown.sort
        listing = Listing(self.resource, request.actor, asked, further=(PARAMETER,))
        if shown.fault:
            listing.faults[PARAMETER] = shown.fault
        # What isn't understood shows no rows, never all of them; the filters stay to be mended.
        page = (
            Page([], listing.order, chosen=listing.chosen)
            if listing.faults
            else listing.page(related=shown.related)
        )
        context = self.context(request, listing, page, shown)
        target = request.headers.get("HX-Target", "")
        partial = target == "list" or target.endswith("#list")
        template = "design/partials/list.html" if partial else self.template
        return render(request, template, context, status=422 if listing.faults else 200)

    def keep(self, request: Request, shown: Shown) -> HttpResponse:
        """Keep a view, whether it is shared, or the columns; then the list as it was."""
        what = request.POST.get("keep", "")
        if what == "view":
            view = keep_view(request, self.name, shown)
            return redirect(f"{self.url}?{view.query}" if view.query else self.url)
        if what == "sharing":
            turn_sharing(request, self.name)
        elif what == "columns":
            names = request.POST.getlist("column") if "usual" not in request.POST else usual(self.resource)
            sort = request.GET.get("sort", "") if "usual" not in request.POST else ""
            move = request.POST.get("move", "")
            keep_columns(request.actor, shown, self.name, moved(names, move) if move else names, sort)
            if move:
                return redirect(f"{address(request, columns=None, after=None, before=None)}#columns")
        else:
            raise Unseen(_("There is nothing of that kind to keep here."))
        return redirect(address(request, columns=None, after=None, before=None))

    @property
    def url(self) -> str:
        return reverse(f"{self.name}-list")

    def context(self, request: Request, listing: Listing, page: Page, shown: Shown) -> dict[str, Any]:
        """What the template shows; a subclass adds its own."""
        options = self.resource.model._meta
        may = policy_of(self.resource.model).may
        actor = request.actor
        title = str(options.verbose_name_plural)
        sight, choices = Sight(actor), reference_choices(listing)
        sight.look_over_all([(self.resource, page.rows, shown.names), *named_by(choices)])
        return {
            "title": title[:1].upper() + title[1:],
            "resource": self.resource,
            "table": self.table(request, page, shown, sight),
            "filters": filter_bar(listing, request.GET, self.url, choices, sight),
            "exports": self.exports(request, shown)
            if self.resource.file_fields() and may(actor, "export") and not listing.faults
            else None,
            "views": views_of(request, self.name, shown.views, self.url, bool(listing.faults)),
            "columns": self.choosing(request, shown),
            "pager": self.pager(request, page),
            "empty": None if listing.faults else self.empty(request, bool(page.chosen)),
            "actions": list(actions_for(actor, self.resource.model, None)),
            "add_url": self.add_url(request),
            "import_url": self.import_url(request),
        }

    def choosing(self, request: Request, shown: Shown) -> dict[str, Any] | None:
        """The context of `design/partials/columns_menu.html`; None for who can keep nothing."""
        options = shown.options()
        if request.actor.account_id is None or len(options) < 2:
            return None
        return {"options": options, "is_usual": shown.is_usual() and not shown.kept}

    def table(self, request: Request, page: Page, shown: Shown, sight: Sight) -> Table:
        renderer = self.renderer(sight)
        renderer.look_over(self.resource, page.rows, shown.names)
        given = list(columns_for(request.actor, self.resource.model, page.rows))
        badges = badges_for(request.actor, self.resource.model, page.rows)
        rows = [
            Row(
                [
                    *self.cells(row, renderer, shown, badges.get(row.pk, [])),
                    *(column.cells.get(row.pk, NOTHING) for column in given),
                ],
                key=str(row.pk),
                name=renderer.sight.title(row),
            )
            for row in page.rows
        ]
        return Table(
            caption=str(self.resource.model._meta.verbose_name_plural),
            columns=[
                *(self.column(request, page, name, name not in shown.mattering) for name in shown.names),
                *(Column(str(column.title), column.kind, minor=True, why=column.why) for column in given),
            ],
            rows=rows,
            bulk_url=reverse(f"{self.name}-bulk"),
            bulk_actions=self.bulk_actions(request),
            next_url=request.get_full_path(),
        )

    def cells(self, row: Model, renderer: Renderer, shown: Shown, badges: list[Badge]) -> list[Cell]:
        """The row's own columns; the first leads to its page and bears what modules say of it."""
        first, *others = shown.names
        named = renderer.cell(self.resource, row, first, linked=True)
        marks = [(badge.text, badge.tone) for badge in badges]
        rest = (renderer.cell(self.resource, row, name) for name in others)
        return [named._replace(badges=marks), *rest]

    def column(self, request: Request, page: Page, name: str, minor: bool) -> Column:
        field = self.resource.field(name)
        direction = ""
        url = ""
        if name in orders(self.resource):
            first, descending = page.order.columns()[0]
            if first == name:
                direction = "descending" if descending else "ascending"
            asked = f"-{name}" if direction == "ascending" else name
            url = address(request, sort=asked, after=None, before=None)
        return Column(label_of(field), column_kind(field), url, direction, minor, Unproved.HELD)

    def bulk_actions(self, request: Request) -> list[BulkAction]:
        may = policy_of(self.resource.model).may
        actions = []
        if self.resource.change and may(request.actor, "change"):
            actions.append(BulkAction("change", _("Change"), "edit"))
        actions += [
            BulkAction(verb.name, verb.title, verb.icon, verb.danger)
            for verb in self.resource.verbs
            if verb.bulk and may(request.actor, verb.action)
        ]
        if self.resource.remove and may(request.actor, "remove"):
            actions.append(BulkAction("remove", _("Remove"), "remove", danger=True))
        return sorted(actions, key=lambda found: found.danger)

    def exports(self, request: Request, shown: Shown) -> list[dict[str, str]]:
        """The file for people, of the columns that they see; and the exact ones, which come in again."""
        kept = request.GET.copy()
        for name in (PARAMETER, "after", "before"):
            kept.pop(name, None)
        read = kept.copy()
        read[PARAMETER] = ",".join(shown.names)
        files = [(READING, _("To read: %(kind)s") % {"kind": "XLSX"}, read)]
        files += [(kind, _("To change: %(kind)s") % {"kind": kind.upper()}, kept) for kind in TYPES]
        return [
            {"title": title, "url": f"{reverse(f'{self.name}-export', args=(kind,))}?{query.urlencode()}"}
            for kind, title, query in files
        ]

    def pager(self, request: Request, page: Page) -> dict[str, str]:
        moved = "after" in request.GET or "before" in request.GET
        return {
            "summary": self.summary(page),
            "first_url": address(request, after=None, before=None) if moved else "",
            "previous_url": address(request, before=page.previous_token, after=None)
            if page.previous_token
            else "",
            "next_url": address(request, after=page.next_token, before=None) if page.next_token else "",
        }

    def summary(self, page: Page) -> str:
        shown = number_text(len(page.rows))
        if page.total is None:
            return ngettext("%(shown)s row shown", "%(shown)s rows shown", len(page.rows)) % {"shown": shown}
        total = number_text(min(page.total, COUNTED_ROWS))
        if page.total_is_capped:
            return _("%(shown)s of more than %(total)s") % {"shown": shown, "total": total}
        return _("%(shown)s of %(total)s") % {"shown": shown, "total": total}

    def empty(self, request: Request, narrowed: bool) -> dict[str, Any]:
        nouns = str(self.resource.model._meta.verbose_name_plural)
        if narrowed:
            text = _("Nothing matches these filters. Take one away, or clear them all.")
            actions: list[dict[str, Any]] = [{"title": _("Clear all"), "url": reverse(f"{self.name}-list")}]
        else:
            text = _("Rows appear here as soon as somebody adds or imports them.")
            url = self.add_url(request)
            actions = [{"title": _("Add"), "url": url, "icon": "add", "first": True}] if url else []
        return {"title": _("No %(nouns)s") % {"nouns": nouns}, "text": text, "actions": actions}

    def add_url(self, request: Request) -> str:
        may = policy_of(self.resource.model).may(request.actor, "add")
        return reverse(f"{self.name}-add") if self.resource.add and may else ""

    def import_url(self, request: Request) -> str:
        may = policy_of(self.resource.model).may(request.actor, "import")
        return reverse(f"{self.name}-import") if self.resource.add and may else ""


def address(request: Request, **changes: str | None) -> str:
    """This page's address with parameters replaced; None takes one away."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path
