"""Where the fonts of printed documents lie: Noto Sans, Noto Sans Arabic and Noto Sans CJK.

They come from installed packages, so that a PDF looks alike on every machine; fonts of
the system are never looked at.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

FOLDERS = (("fontpkg_noto_sans", "files"), ("fontpkg_noto_sans_arabic", "files"), ("manimgx_fonts_cjk", ""))
LATIN, ARABIC, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC"


@cache
def font_folders() -> tuple[Path, ...]:
    """The folders with the font files of the three packages."""
    return tuple(Path(str(files(package))) / folder for package, folder in FOLDERS)
