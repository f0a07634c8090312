"""Every published table by itself, on the page and as a file, from the newest data set that fills it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.commands import Unseen
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.printing.document import alone
from meridian.engine.printing.formats import FORMATS, print_table
from meridian.engine.printing.numbers import direction
from meridian.engine.tables.catalogue import NotLoaded, printed_tables
from meridian.engine.tables.table import Table
from meridian.insight.reports.pages.reports import figures, language_of
from meridian.insight.reports.queries import latest_with

FILES = ("xlsx", "csv", "pdf", "docx", "json")


@needs("reports.report.view")
@require_safe
def tables(request: Request) -> HttpResponse:
    """The titles of all published tables."""
    found = sorted(((str(one.title), name) for name, one in printed_tables().items()))
    listed = [{"title": title, "url": reverse("reports-table", args=(name,))} for title, name in found]
    return render(request, "reports/tables.html", {"tables": listed})


@needs("reports.report.view")
@require_safe
@takes("language")
def published(request: Request, name: str) -> HttpResponse:
    """One table as it is printed, and the ways to take it away."""
    language = language_of(request)
    context = {
        "title": _title(name),
        "name": name,
        "language": language,
        "files": FILES,
        "crumbs": [{"title": _("Published tables"), "url": reverse("reports-tables")}],
    }
    try:
        table = latest_with(name, language)
    except NotLoaded as fault:
        return render(request, "reports/table.html", context | {"missing": str(fault)})
    document = alone(table, language)
    shown = {"table": figures(document, table), "direction": direction(language)}
    return render(request, "reports/table.html", context | shown)


@needs("reports.report.export")
@require_safe
@takes("language")
def download_table(request: Request, name: str, form: str) -> HttpResponse:
    """One table as a file in a language."""
    language, _known = language_of(request), _title(name)
    if form not in FILES:
        raise Unseen(_("There is no such format."))
    answer = HttpResponse(print_table(_table(name, language), form, language), content_type=FORMATS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.{form}"'
    return answer


def _title(name: str) -> str:
    """The title in the reader's language; `Unseen` when no table is called so."""
    if name not in printed_tables():
        raise Unseen(_("There is no such table."))
    return str(printed_tables()[name].title)


def _table(name: str, language: str) -> Table:
    try:
        return latest_with(name, language)
    except NotLoaded as fault:
        raise Unseen(str(fault)) from fault
