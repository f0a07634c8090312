"""Files of a row: seeing, adding, taking out."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.translation import gettext as _

from meridian.engine.attachments.arriving import with_files
from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.policies import follows
from meridian.engine.attachments.rules import BYTES, MOST_BYTES, charset_of
from meridian.engine.attachments.storage import path_of
from meridian.engine.attachments.uploads import begin_upload, upload
from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import instant_text
from meridian.engine.inputs.uploads import uploaded
from meridian.engine.pages.asked import takes
from meridian.engine.pages.earlier import BEFORE, latest
from meridian.engine.pages.entry import needs
from meridian.engine.pages.rows import may_do, visible_row
from meridian.engine.policies import Request, policy_of
from meridian.engine.resources import Resource, Sight
from meridian.engine.values import url_of

SHOWN = 200
SAMPLE_BYTES = 65_536


@needs("attachments.attachment.view", programs=True)
@takes(BEFORE)
def files(request: Request, label: str, key: int) -> HttpResponse:
    """The files beside a row; `POST` adds one."""
    resource = with_files(label)
    row = visible_row(resource, request.actor, key)
    refusal = ""
    inner = policy_of(resource.model).inner
    may_keep = inner != "view" and may_do(resource, request.actor, inner, row)
    if request.method == "POST":
        try:
            file = uploaded(request, "file", MOST_BYTES)
            attach(
                actor=request.actor,
                row=row,
                name=file.name or "",
                pieces=file.chunks(),
                is_internal=may_keep and "internal" in request.POST,
            )
            messages.success(request, _("The file is attached."))
            return redirect(reverse("files", args=(label, key)))
        except Refusal as fault:
            refusal = str(fault.beside(()))
    beside, earlier_url = latest(request, _of(request, resource, row), SHOWN)
    keys = [file.pk for file in beside.shown]
    removable = Attachment.objects.permitted(request.actor, "remove").filter(pk__in=keys)
    taken = set(removable.values_list("pk", flat=True))
    context = {
        "row": row,
        "label": label,
        "files": [_shown(found, taken) for found in beside.shown],
        "cut": beside,
        "earlier_url": earlier_url,
        "may_keep": may_keep,
        "may_attach": may_do(resource, request.actor, "attach", row),
        "refusal": refusal,
        "crumbs": [{"title": Sight(request.actor).title(row), "url": url_of(row)}],
    }
    return render(request, "attachments/files.html", context, status=422 if refusal else 200)


@needs("attachments.attachment.view", programs=True)
@takes("download")
def download(request: Request, key: int) -> FileResponse:
    """The bytes of a file, as a download unless a browser can show them safely."""
    files = Attachment.objects.select_related("file")
    found = files.permitted(request.actor).filter(pk=key).first() or get_object_or_404(files, pk=key)
    if not Attachment.objects.permitted(request.actor).filter(pk=key).exists() and not follows(
        request.actor, found
    ):
        raise Unseen(_("There is no such file, or it is not yours to see."))
    as_attachment = found.media_type == BYTES or "download" in request.GET
    answer = FileResponse(
        path_of(found.file.digest).open("rb"),
        as_attachment=as_attachment,
        filename=found.name,
        content_type=content_type(found),
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def content_type(file: Attachment) -> str:
    """The type under which a file is sent; of a text with the encoding in which it is written."""
    if file.media_type != "text/plain":
        return file.media_type
    with path_of(file.file.digest).open("rb") as stream:
        return f"text/plain; charset={charset_of(stream.read(SAMPLE_BYTES))}"


def _of(request: Request, resource: type[Resource], row: Model) -> QuerySet[Attachment]:
    found = Attachment.objects.permitted(request.actor)
    return found.filter(resource=resource.model._meta.label_lower, row_id=row.pk).select_related("file")


def _shown(found: Attachment, removable: set[int]) -> dict[str, Any]:
    return {
        "name": found.name,
        "url": reverse("file", args=(found.pk,)),
        "size": filesizeformat(found.file.size_bytes),
        "by": found.attached_by,
        "at": instant_text(found.attached_at),
        "internal": found.is_internal,
        "remove_url": reverse("attachments-attachment-remove", args=(found.pk,))
        if found.pk in removable
        else "",
    }


root_urlpatterns = [
    path("uploads/<str:label>/<int:key>/", begin_upload, name="upload-begin"),
    path("upload/<str:key>/", upload, name="upload"),
    path("files/<str:label>/<int:key>/", files, name="files"),
    path("file/<int:key>/", download, name="file"),
]
