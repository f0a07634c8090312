"""Files in tests: each beside a row that not everybody sees."""

from typing import Any

from meridian.engine.attachments.models import Attachment, StoredFile
from meridian.engine.policies import policy_of
from meridian.engine.resources import resources


def _beside_a_row(make: Any, number: int, **values: Any) -> Attachment:
    model = next(
        found.model
        for found in resources()
        if "attachments" in found.abilities and "view" not in policy_of(found.model).everyone
    )
    given = {"file": None, "name": f"file-{number}.txt", "media_type": "text/plain", **values}
    given["file"] = given["file"] or make(StoredFile)
    return Attachment.objects.create(resource=model._meta.label_lower, row_id=make(model).pk, **given)


FACTORIES = {Attachment: _beside_a_row}
