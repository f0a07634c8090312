"""How the search is compiled: to machine code without reference counts, kept in the user's cache.

Numba keys its cache by the file of a function alone, not by the files of what it calls; the directory
carries a digest of the whole package, so that a new version never runs half of an old one.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

from numba import config, njit


def _cache_directory() -> Path:
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / "meridian" / "placement" / digest.hexdigest()


# Set through a dictionary: the settings of numba are made at import and unknown to type checkers.
vars(config)["CACHE_DIR"] = os.environ.get("NUMBA_CACHE_DIR") or str(_cache_directory())

# Arrays are made outside and only filled inside: counting references to them would take most of the time.
# Inner kernels are called from kernels only, so that they need no way in from Python and no cache.
_LEAN: dict[str, Any] = {"nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
_INNER: dict[str, Any] = {**_LEAN, "no_cpython_wrapper": True}
_COMPILE: Any = njit
entry_kernel = _COMPILE(cache=True, **_LEAN)
kernel = _COMPILE(**_INNER)
inlined_kernel = _COMPILE(forceinline=True, **_INNER)
