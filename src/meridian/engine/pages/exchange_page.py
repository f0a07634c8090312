"""Files of a resource: taking them out, and trying them before they are taken in."""

import hashlib
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.exchange.files import TYPES, read_file, write_rows
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import columns, headings
from meridian.engine.inputs.uploads import uploaded
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.resources import Resource
from meridian.engine.sheets.limits import MOST_FILE_BYTES
from meridian.engine.values import resource_name


class ExchangePage:
    """`export/csv/` answers with a file; `import/` reads one, first without writing."""

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    @needs("export")
    @by_itself
    def export(self, request: Request, kind: str) -> HttpResponseBase:
        if kind not in TYPES or not self.resource.file_fields():
            raise Unseen(_("There is no such file format."))
        rows = export_rows(self.resource, request.actor, request.GET)
        pieces = write_rows(kind, headings(self.resource), rows)
        response = StreamingHttpResponse(pieces, content_type=TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="{self.resource.address}.{kind}"'
        return response

    @needs("import")
    def take_in(self, request: Request) -> HttpResponse:
        if not self.resource.add:
            raise Unseen(_("Rows of this kind can't be taken in."))
        context: dict[str, Any] = {
            "titles": headings(self.resource),
            "key": self.key(),
            "crumbs": self.crumbs(),
            "sheet": request.POST.get("sheet", ""),
        }
        if request.method == "POST":
            try:
                context |= self.read(request)
            except Refusal as fault:
                context["refusal"] = str(fault)
        report = context.get("report")
        refused = "refusal" in context or (report and (report.faults or report.is_stale))
        return render(request, "pages/import.html", context, status=422 if refused else 200)

    def read(self, request: Request) -> dict[str, Any]:
        """The report of the file, and what a run after it is held to: this file, doing just this."""
        file = uploaded(request, "file", MOST_FILE_BYTES)
        content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        dry = "dry" in request.POST
        tried_file, _separator, tried = request.POST.get("tried", "").partition(".")
        if not dry and tried and tried_file != digest:
            raise Refusal(_("This is another file than the one that was tried. Try it first."), "file")
        table = read_file(file.name or "", content, request.POST.get("sheet", ""))
        report = import_rows(self.resource, request.actor, table, dry=dry, tried="" if dry else tried)
        holds = (dry and not report.faults) or report.is_stale
        return {"report": report, "tried": f"{digest}.{report.mark}" if holds else "", "file": file.name}

    def key(self) -> list[str]:
        """The titles of the columns by which a line finds its row."""
        identity = self.resource.identity()
        return [title for title, name in columns(self.resource).items() if name in identity]

    def crumbs(self) -> list[dict[str, str]]:
        title = str(self.resource.model._meta.verbose_name_plural)
        return [{"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}]
