"""How the search is compiled: to machine code without reference counts, kept in the user's cache.

Numba keys its cache by the file of a function alone, not by the files of what it calls; the directory
carries a digest of the whole package, so that a new version never runs half of an old one.
"""

import hashlib
import os
from pathlib import Path

import numba
from numba import njit


def _cache_directory() -> Path:
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "meridian" / "placement" / digest.hexdigest()


numba.config.CACHE_DIR = os.environ.get("NUMBA_CACHE_DIR") or str(_cache_directory())

# Arrays are made outside and only filled inside: counting references to them would take most of the time.
kernel = njit(cache=True, nogil=True, _nrt=False)
inlined_kernel = njit(cache=True, nogil=True, _nrt=False, inline="always")
array_kernel = njit(cache=True, nogil=True)
