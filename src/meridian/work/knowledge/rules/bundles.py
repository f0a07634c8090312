"""What of a bundle has to travel: files by their hashes, against what the other side has."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Difference:
    """The paths that the other side lacks or has otherwise, and those that it has no more use for."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """Between two manifests of path and hash."""
    changed = tuple(sorted(path for path, found in after.items() if before.get(path) != found))
    return Difference(changed, tuple(sorted(set(before) - set(after))))


def is_lawful(path: str) -> bool:
    """Whether a path of a manifest stays inside the folder of the bundle."""
    parts = PurePosixPath(path).parts
    return bool(parts) and path[0] != "/" and "\\" not in path and ".." not in parts and ":" not in path
