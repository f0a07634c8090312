"""Bytes on disk under the digest of what they are."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


class TooLarge(ValueError):
    """More bytes than may be kept."""


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie: two folders deep, so that none grows long."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


@contextmanager
def stored(pieces: Iterable[bytes], most_bytes: int) -> Iterator[tuple[str, int]]:
    """Write the pieces once, and give their SHA-256 and size; a half-written file is never seen.

    Raises `TooLarge` beyond `most_bytes`, as soon as it is known. What goes wrong then, or within
    the block, leaves no file that was not there before.
    """
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as stream:
        place = Path(stream.name)
        try:
            digest, size = _written(pieces, stream, most_bytes)
        except BaseException:
            place.unlink()
            raise
    target = path_of(digest)
    was_there = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.replace(target)
    try:
        yield digest, size
    except BaseException:
        if not was_there:
            target.unlink(missing_ok=True)
        raise


def _written(pieces: Iterable[bytes], stream: IO[bytes], most_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > most_bytes:
            raise TooLarge
        stream.write(piece)
        digest.update(piece)
    stream.flush()
    os.fsync(stream.fileno())
    return digest.hexdigest(), size
