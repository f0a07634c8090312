"""The page of an errand: what is done, how far it is, what came of it, and the file to take away."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from meridian.engine.errands.files import left_by
from meridian.engine.errands.models import Errand, State
from meridian.engine.figures import instant_text, number_text
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.modules.registry import errand_with
from meridian.engine.pages.detail_page import DetailPage
from meridian.engine.pages.entry import needs
from meridian.engine.pages.list_page import ListPage
from meridian.engine.pages.rows import visible_row
from meridian.engine.policies import Request


class ErrandList(ListPage):
    """One's own errands; nobody adds one here."""

    def empty(self, request: Request, narrowed: bool) -> dict[str, Any]:
        told = super().empty(request, narrowed)
        return told if narrowed else told | {"text": _("Large files that you ask for appear here.")}


class ErrandPage(DetailPage):
    """One's own errand, which shows itself anew until it has ended."""

    def __call__(self, request: Request, key: int, tab: str = "") -> HttpResponse:
        if tab:
            return super().__call__(request, key, tab)
        refuse_unknown(request.GET, ())
        errand = visible_row(self.resource, request.actor, key)
        context = {
            "head": self.head(request, errand),
            "crumbs": [self.list_crumb()],
            "errand": errand,
            "words": progress_words(errand),
            "before": before(errand),
            "file": file_of(errand),
            "report": self.report(request, errand),
        }
        return render(request, "operation/errand.html", context)

    def report(self, request: Request, errand: Errand) -> SafeString:
        """What came of it, as the kind of errand shows it."""
        if errand.state != State.DONE or not errand.result:
            return SafeString("")
        template = errand_with(errand.kind).declared.template
        context = {"report": errand.result, "errand": errand}
        return SafeString(render_to_string(template, context, request)) if template else SafeString("")


def progress_words(errand: Errand) -> str:
    """How far it is, in words."""
    done = number_text(errand.rows_done)
    if errand.rows_total:
        words = ngettext("%(done)s of %(total)s row", "%(done)s of %(total)s rows", errand.rows_total)
        return words % {"done": done, "total": number_text(errand.rows_total)}
    return ngettext("%(done)s row", "%(done)s rows", errand.rows_done) % {"done": done}


def before(errand: Errand) -> str:
    """How many errands the worker does first; empty when it is its turn."""
    if errand.state != State.WAITING:
        return ""
    count = Errand.objects.filter(state__in=(State.WAITING, State.RUNNING), pk__lt=errand.pk).count()
    if not count:
        return ""
    words = ngettext("%(count)s other is done before it.", "%(count)s others are done before it.", count)
    return words % {"count": number_text(count)}


def file_of(errand: Errand) -> dict[str, Any] | None:
    """The file to take away; None when there is none, or none any more."""
    until = errand.kept_until
    if not errand.has_file or until is None:
        return None
    return {
        "name": errand.file_name,
        "size": filesizeformat(errand.size_bytes or 0),
        "url": reverse("errand-file", args=(errand.pk,)),
        "until": instant_text(until),
    }


@needs("errands.errand.view", programs=True)
def download(request: Request, key: int) -> FileResponse:
    """The file that an errand has left, to whoever asked for it and to nobody else."""
    return left_by(request.actor, key)


@needs("errands.errand.view")
@require_safe
def to_the_list(request: Request) -> HttpResponse:
    """The address that people guess leads to the list."""
    return redirect("errands-errand-list")


of_errands = [
    path("errands/", to_the_list, name="errands"),
    path("errands/errands/<int:key>/file/", download, name="errand-file"),
]
