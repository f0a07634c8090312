"""Kernels compiled to machine code: one set of decorators, and one cache that never goes stale.

Numba keys its cache by the file of a function alone, not by the files of what it calls, and keeps the names
of the types it met: half of an old version would run, and a module that was renamed would be looked for in
vain. So the cache lies with the user, in a directory named by a digest of every package with kernels.

Arrays are made outside kernels and only filled inside: counting references to them would take most of the
time. Inner kernels are called from kernels only, so they need no way in from Python and no cache.
"""

import hashlib
import os
import re
import shutil
import time
from pathlib import Path
from typing import Any

from numba import config, njit

SOLVERS = Path(__file__).parents[1]
# A package has kernels where one of its files takes these decorators.
MARK = b"solving.compiled import"
DIGEST_BYTES = 8
# Another copy of the program may be running on a directory that was used lately.
KEPT_SECONDS = 3600.0


def source_digest(root: Path) -> str:
    """A digest of this file and of every Python file, but tests, of the packages in `root` with kernels."""
    digest = hashlib.blake2b(Path(__file__).read_bytes(), digest_size=DIGEST_BYTES)
    for package in sorted(path for path in root.iterdir() if path.is_dir()):
        sources = {
            path.relative_to(root): path.read_bytes()
            for path in sorted(package.rglob("*.py"))
            if "tests" not in path.parts[len(root.parts) :]
        }
        if any(MARK in source for source in sources.values()):
            for place, source in sources.items():
                digest.update(f"{place}\0{len(source)}\0".encode() + source)
    return digest.hexdigest()


def cache_root() -> Path:
    """Where caches lie: NUMBA_CACHE_DIR, or meridian/numba in the user's cache."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "meridian" / "numba"


def prepare_cache(root: Path, digest: str) -> Path | None:
    """The cache directory of these sources; None where nothing can be written, so that nothing is kept.

    Making a new directory removes those of other sources that nobody used for an hour.
    """
    directory = root / digest
    try:
        made = not directory.exists()
        directory.mkdir(parents=True, exist_ok=True)
        os.utime(directory)
        if made:
            _remove_old(root, directory)
    except OSError:
        return None
    return directory if os.access(directory, os.W_OK) else None


def _remove_old(root: Path, kept: Path) -> None:
    """Only directories named like a digest: NUMBA_CACHE_DIR may hold what others keep there."""
    name = re.compile(rf"[0-9a-f]{{{2 * DIGEST_BYTES}}}")
    for other in root.iterdir():
        if other == kept or not name.fullmatch(other.name) or other.is_symlink() or not other.is_dir():
            continue
        if time.time() - other.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


_DIRECTORY = prepare_cache(cache_root(), source_digest(SOLVERS))
_KEPT: dict[str, Any] = {"cache": _DIRECTORY is not None}
if _DIRECTORY is not None:
    # Set through a dictionary: the settings of numba are made at import and unknown to type checkers.
    vars(config)["CACHE_DIR"] = str(_DIRECTORY)

_LEAN: dict[str, Any] = {"nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
_INNER: dict[str, Any] = {**_LEAN, "no_cpython_wrapper": True}
_COMPILE: Any = njit

# Called from Python, makes no arrays; kept in the cache with all that it calls.
entry_kernel = _COMPILE(**_KEPT, **_LEAN)
# Called from Python or from kernels that may make arrays too; kept in the cache.
making_kernel = _COMPILE(**_KEPT, nogil=True)
# The same with `prange` over all cores.
parallel_kernel = _COMPILE(**_KEPT, parallel=True)
# Called from kernels only.
kernel = _COMPILE(**_INNER)
# Folded into its caller: a call copies every field of the tuples handed over, on a busy path half the time.
inlined_kernel = _COMPILE(forceinline=True, **_INNER)
