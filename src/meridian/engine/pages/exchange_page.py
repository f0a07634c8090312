"""Files of a resource: taking them out, and trying them before they are taken in."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Unpermitted, Unseen
from meridian.engine.exchange.files import TYPES, read_rows, write_rows
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.display import resource_name
from meridian.engine.policies import policy_of
from meridian.engine.resources import Resource

MOST_BYTES = 20_000_000


class ExchangePage:
    """`export/csv/` answers with a file; `import/` reads one, first without writing."""

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    @by_itself
    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if kind not in TYPES or not self.resource.file_fields():
            raise Unseen(_("There is no such file format."))
        if not policy_of(self.resource.model).may(request.actor, "export"):
            raise Unpermitted(_("You may not take these rows out. Ask whoever gives out roles in your unit."))
        rows = export_rows(self.resource, request.actor, request.GET)
        pieces = write_rows(kind, headings(self.resource), rows)
        response = StreamingHttpResponse(pieces, content_type=TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="{self.resource.slug()}.{kind}"'
        return response

    def take_in(self, request: HttpRequest) -> HttpResponse | FileResponse:
        may = policy_of(self.resource.model).may
        if not self.resource.add:
            raise Unseen(_("Rows of this kind can't be taken in."))
        if not may(request.actor, "import"):
            raise Unpermitted(_("You may not import rows here. Ask whoever gives out roles in your unit."))
        context = {"titles": headings(self.resource), "crumbs": self.crumbs()}
        status = 200
        if request.method == "POST":
            try:
                context["report"] = self.read(request)
            except Refusal as fault:
                context["refusal"] = str(fault)
            status = 200 if "report" in context and not context["report"].faults else 422
        return render(request, "pages/import.html", context, status=status)

    def read(self, request: HttpRequest) -> object:
        file = request.FILES.get("file")
        if file is None:
            raise Refusal(_("Choose a file first."), "file")
        if file.size > MOST_BYTES:
            raise Refusal(
                _("The file is too large: at most 20 MB. Split it, or use the command line."), "file"
            )
        lines = read_rows(file.name, file.read())
        return import_rows(self.resource, request.actor, lines, dry="dry" in request.POST)

    def crumbs(self) -> list[dict[str, str]]:
        title = str(self.resource.model._meta.verbose_name_plural)
        return [{"title": title[:1].upper() + title[1:], "url": reverse(f"{self.name}-list")}]
