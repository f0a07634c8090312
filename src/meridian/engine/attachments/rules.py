"""Names and types of files that may come from anybody."""

import mimetypes
import re
import unicodedata

MOST_BYTES = 25_000_000
# Only what a browser can show without running anything; all else is downloaded as bytes.
SHOWN_TYPES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}
)
BYTES = "application/octet-stream"


def safe_name(name: str) -> str:
    """A file's name without folders, control and direction-changing characters; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    return clean[-200:] or "file"


def shown_type(name: str) -> str:
    """The type under which a file is sent, from its name."""
    guessed = mimetypes.guess_type(safe_name(name))[0] or BYTES
    return guessed if guessed in SHOWN_TYPES else BYTES
