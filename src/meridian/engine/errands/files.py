"""The file that an errand has left, as an answer."""

from django.http import FileResponse
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.errands import storage
from meridian.engine.errands.models import Errand
from meridian.engine.policies import Actor


def left_by(actor: Actor, key: int) -> FileResponse:
    """The answer with an errand's file; `Unseen` when there is none, or it is somebody else's."""
    found = Errand.objects.permitted(actor).filter(pk=key).first()
    place = storage.kept_file(found.place, storage.LEFT) if found and found.has_file else None
    if found is None or place is None:
        raise Unseen(_("There is no such file, it is kept no more, or it is not yours."))
    return FileResponse(
        place.open("rb"), as_attachment=True, filename=found.file_name, content_type=found.file_type
    )
