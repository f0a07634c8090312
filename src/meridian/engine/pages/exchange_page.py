"""Files of a resource: taking them out, and trying them before they are taken in."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.errands import storage
from meridian.engine.errands.models import Errand
from meridian.engine.exchange.asking import (
    Sent,
    ask_export,
    exported,
    imported,
    is_long,
    name_and_type,
    pieces_of,
    plural,
    take_or_ask,
    title_of,
)
from meridian.engine.exchange.values import columns, headings
from meridian.engine.inputs.uploads import uploaded
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.resources import Resource
from meridian.engine.sheets.limits import MOST_FILE_BYTES
from meridian.engine.values import resource_name, url_of


class ExchangePage:
    """`export/csv/` answers with a file; `import/` reads one, first without writing.

    What is too long for a request is an errand, whose page follows.
    """

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.name = resource_name(resource)

    @needs("export")
    @by_itself
    def export(self, request: Request, kind: str) -> HttpResponseBase:
        exported(self.resource, request.actor, kind)
        if is_long(self.resource, request.actor, request.GET, kind):
            return self.long_export(request, kind)
        pieces = pieces_of(self.resource, request.actor, request.GET, kind)
        name, media_type = name_and_type(self.resource, kind)
        response = StreamingHttpResponse(pieces, content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def long_export(self, request: Request, kind: str) -> HttpResponse:
        """What will be done; the button, for a link changes nothing, asks for it."""
        if request.actor.scopes is not None:
            raise Refusal(_("This file is long: programs ask for it at POST /api/exchange/exports."))
        if request.method == "POST":
            query = request.GET
            assert isinstance(query, QueryDict)
            return redirect(url_of(ask_export(self.resource, request.actor, query, kind)))
        context = {"title": title_of(self.resource, kind), "crumbs": self.crumbs()}
        return render(request, "pages/long_export.html", context)

    @needs("import")
    def take_in(self, request: Request) -> HttpResponse:
        imported(self.resource, request.actor)
        context: dict[str, Any] = {
            "titles": headings(self.resource),
            "key": self.key(),
            "crumbs": self.crumbs(),
            "sheet": request.POST.get("sheet", ""),
        }
        if request.method == "POST":
            try:
                sent = self.sent(request)
                made = take_or_ask(self.resource, request.actor, sent)
                if isinstance(made, Errand):
                    return redirect(url_of(made))
                context |= {"report": made.told(), "tried": sent.held(made), "file": sent.name}
            except Refusal as fault:
                context["refusal"] = str(fault.beside(()))
        report = context.get("report")
        refused = "refusal" in context or (report and (report["faults"] or report["is_stale"]))
        return render(request, "pages/import.html", context, status=422 if refused else 200)

    def sent(self, request: Request) -> Sent:
        """The file of the form, or that of an errand which has tried it."""
        dry, tried = "dry" in request.POST, request.POST.get("tried", "")
        if key := request.POST.get("errand", ""):
            return self.tried(request, key, tried)
        file = uploaded(request, "file", MOST_FILE_BYTES)
        return Sent(file.name or "", file.read(), request.POST.get("sheet", ""), dry, tried)

    def tried(self, request: Request, key: str, tried: str) -> Sent:
        found = (
            Errand.objects.permitted(request.actor)
            .filter(pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
            .first()
        )
        given = storage.kept_file(found.place, storage.GIVEN) if found else None
        if found is None or given is None:
            raise Refusal(_("The file that was tried is kept no more: choose it once more."), "file")
        return Sent(found.arguments["file"], given.read_bytes(), found.arguments["sheet"], False, tried)

    def key(self) -> list[str]:
        """The titles of the columns by which a line finds its row."""
        identity = self.resource.identity()
        return [title for title, name in columns(self.resource).items() if name in identity]

    def crumbs(self) -> list[dict[str, str]]:
        return [{"title": plural(self.resource), "url": reverse(f"{self.name}-list")}]
