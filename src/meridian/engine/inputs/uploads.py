"""Files that somebody sends: bounded while they arrive, so that a refused one leaves nothing behind."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.inputs.limits import MOST_REQUEST_BYTES

BYTES_PER_MEGABYTE = 1_000_000
REFUSED = "meridian.upload_was_refused"


class BoundedUploads(FileUploadHandler):
    """The first of the handlers: ends an upload whose files are together too large.

    What has come so far is closed and thereby removed; the connection is not read to its end.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received += len(raw_data)
        if self._received > MOST_REQUEST_BYTES:
            if self.request is not None:
                self.request.META[REFUSED] = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def uploaded(request: HttpRequest, name: str, most_bytes: int) -> UploadedFile:
    """The file that a form sends as `name`; none, or one that is too large, is refused."""
    file = request.FILES.get(name)
    if REFUSED in request.META or (file is not None and (file.size or 0) > most_bytes):
        raise Refusal(
            _("The file is too large: at most %(most)s MB.") % {"most": most_bytes // BYTES_PER_MEGABYTE},
            "file",
        )
    if file is None:
        raise Refusal(_("Choose a file first."), "file")
    return file
