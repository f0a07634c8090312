"""Files of a row: seeing, adding, taking out."""

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.translation import gettext as _

from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.rules import BYTES, MOST_BYTES
from meridian.engine.attachments.storage import path_of
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.inputs.uploads import uploaded
from meridian.engine.pages.asked import takes
from meridian.engine.pages.display import instant_text, url_of
from meridian.engine.pages.earlier import BEFORE, latest
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.resources import Resource, Sight, resources

SHOWN = 200


@takes(BEFORE)
def files(request: HttpRequest, label: str, key: int) -> HttpResponse:
    """The files beside a row; `POST` adds one."""
    resource = _resource(label)
    row = visible_row(resource, request.actor, key)
    refusal = ""
    if request.method == "POST":
        try:
            file = uploaded(request, "file", MOST_BYTES)
            attach(actor=request.actor, row=row, name=file.name, pieces=file.chunks())
            messages.success(request, _("The file is attached."))
            return redirect(reverse("files", args=(label, key)))
        except Refusal as fault:
            if fault.status != Refusal.status:
                raise
            refusal = str(fault)
    beside, earlier_url = latest(request, _of(resource, row), SHOWN)
    context = {
        "row": row,
        "files": [_shown(found) for found in beside.shown],
        "cut": beside,
        "earlier_url": earlier_url,
        "may_attach": may_do(resource, request.actor, "attach", row),
        "refusal": refusal,
        "crumbs": [{"title": Sight(request.actor).title(row), "url": url_of(row)}],
    }
    return render(request, "attachments/files.html", context, status=422 if refusal else 200)


@takes("download")
def download(request: HttpRequest, key: int) -> FileResponse:
    """The bytes of a file, as a download unless a browser can show them safely."""
    found = get_object_or_404(Attachment.objects.permitted(request.actor).select_related("file"), pk=key)
    as_attachment = found.media_type == BYTES or "download" in request.GET
    answer = FileResponse(
        path_of(found.file.digest).open("rb"),
        as_attachment=as_attachment,
        filename=found.name,
        content_type=found.media_type,
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _resource(label: str) -> type[Resource]:
    for resource in resources():
        if resource.model._meta.label_lower == label and "attachments" in resource.abilities:
            return resource
    raise Unseen(_("Rows of this kind have no files."))


def _of(resource: type[Resource], row: Model) -> QuerySet[Attachment]:
    found = Attachment.objects.filter(resource=resource.model._meta.label_lower, row_id=row.pk)
    return found.select_related("file")


def _shown(found: Attachment) -> dict[str, str]:
    return {
        "name": found.name,
        "url": reverse("file", args=(found.pk,)),
        "size": filesizeformat(found.file.size_bytes),
        "by": found.attached_by,
        "at": instant_text(found.attached_at),
        "remove_url": reverse("attachments-attachment-remove", args=(found.pk,)),
    }


root_urlpatterns = [
    path("files/<str:label>/<int:key>/", files, name="files"),
    path("file/<int:key>/", download, name="file"),
]
