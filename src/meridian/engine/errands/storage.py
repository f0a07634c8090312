"""What errands are given and what they leave, in a folder each that its owner alone reads."""

import os
import shutil
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

GIVEN, LEFT = "given", "left"
A_DAY_SECONDS = 24 * 3600


def path_of(place: uuid.UUID, name: str) -> Path:
    """Where the file `GIVEN` or `LEFT` of an errand lies."""
    return Path(settings.ERRANDS_FOLDER) / str(place) / name


def kept_file(place: uuid.UUID, name: str) -> Path | None:
    """The same, if it is there."""
    found = path_of(place, name)
    return found if found.exists() else None


@contextmanager
def written(place: uuid.UUID, name: str) -> Iterator[IO[bytes]]:
    """A file to write, which is there when it is whole and not before."""
    whole = path_of(place, name)
    for folder in (whole.parents[1], whole.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = whole.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        yield stream
    part.replace(whole)


def forget(place: uuid.UUID) -> None:
    """Remove the files of an errand, if there are any."""
    shutil.rmtree(path_of(place, GIVEN).parent, ignore_errors=True)


def forget_all_but(places: Collection[uuid.UUID]) -> None:
    """Remove the folders of other errands; those of the last day stay, their rows may be on their way."""
    root, wanted = Path(settings.ERRANDS_FOLDER), {str(place) for place in places}
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name not in wanted and folder.stat().st_mtime < time.time() - A_DAY_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def kept() -> tuple[int, int]:
    """How many files are kept, and their bytes together."""
    root = Path(settings.ERRANDS_FOLDER)
    sizes = [file.stat().st_size for file in root.glob("*/*") if file.is_file()]
    return len(sizes), sum(sizes)
