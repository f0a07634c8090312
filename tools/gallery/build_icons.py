"""Gather the icons Meridian uses into one SVG sprite.

    python tools/gallery/build_icons.py DIRECTORY_OF_LUCIDE_STATIC

The argument is an unpacked npm package lucide-static (ISC licence). Only the names in
NAMES are taken; each becomes <symbol id="our name">.
"""

import re
import sys
from pathlib import Path

import click

TARGET = Path(__file__).parents[2] / "src/meridian/engine/design/static/meridian/icons.svg"

NAMES = {
    "search": "search", "menu": "menu", "bell": "bell", "user": "user", "language": "languages",
    "theme": "sun-moon", "home": "house",
    "globe": "globe", "desk": "headset", "queue": "inbox", "item": "ticket",
    "request": "message-square-plus", "people": "users", "organisation": "network", "place": "map-pin",
    "calendar": "calendar", "clock": "clock", "facility": "building-2", "server": "server",
    "application": "app-window", "money": "scale", "project": "chart-gantt", "report": "chart-column",
    "settings": "settings-2", "history": "history", "add": "plus", "edit": "pencil", "remove": "trash-2",
    "close": "x", "check": "check", "down": "chevron-down", "next": "chevron-right",
    "previous": "chevron-left", "export": "download", "import": "upload", "filter": "list-filter",
    "saved": "bookmark", "attach": "paperclip", "link": "link", "watch": "eye", "warning": "triangle-alert",
    "info": "info", "key": "key-round", "lock": "lock", "sign-out": "log-out", "reply": "reply",
    "document": "file-text", "merge": "merge", "split": "split", "hold": "pause", "more": "ellipsis",
}  # fmt: skip


def symbol(name: str, svg: str) -> str:
    """The drawing of one lucide file as a <symbol> named `name`, without white space."""
    body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
    if body is None:
        raise SystemExit(f"{name}: no <svg> element found; give the directory of lucide-static.")
    shapes = re.sub(r"\s*/>", "/>", re.sub(r">\s+<", "><", body.group(1).strip()))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def main(package: str) -> None:
    """Write the sprite; print its size in bytes."""
    icons = Path(package) / "icons"
    symbols = [symbol(ours, (icons / f"{theirs}.svg").read_text()) for ours, theirs in sorted(NAMES.items())]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    TARGET.write_text(sprite)
    click.echo(f"{len(symbols)} icons, {len(sprite)} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
