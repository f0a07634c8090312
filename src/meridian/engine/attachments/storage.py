"""Bytes on disk under the digest of what they are."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie: two folders deep, so that none grows long."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / digest


def store(pieces: Iterable[bytes]) -> tuple[str, int]:
    """Write the pieces once; returns their SHA-256 and size. A half-written file is never seen."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
        stream.flush()
        os.fsync(stream.fileno())
    target = path_of(digest.hexdigest())
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    Path(stream.name).replace(target)
    return digest.hexdigest(), size
