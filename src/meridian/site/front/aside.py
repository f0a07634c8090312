"""What passes through: a body or an answer, in memory while it is small, else in a file without a name."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from meridian.site.front import limits


def aside() -> Any:
    """An empty place for bytes; what was in it is gone when it is closed, or its process ends."""
    return tempfile.SpooledTemporaryFile(limits.IN_MEMORY_BYTES, dir=str(_folder()))


@cache
def _folder() -> Path:
    """A folder of the house's own: the system's may lie in memory, or be read by others."""
    folder = Path(settings.VAR_FOLDER) / "passing"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
