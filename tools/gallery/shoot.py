"""Photograph pages of build/gallery/ in a real browser.

    python tools/gallery/shoot.py [NAME:WIDTH[:HEIGHT] ...]

Without a height the whole page is taken. Pictures go to build/gallery/shots/; console errors are printed.
"""

import functools
import http.server
import sys
import threading
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parents[2] / "build/gallery"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
USUAL = [
    "en-light:1440",
    "en-dark:1440",
    "zh-hans-light:1440",
    "ar-light:1440",
    "en-light:390",
    "ar-dark:390",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line per request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main(pages: list[str]) -> None:
    """Take one full-page picture per NAME:WIDTH[:HEIGHT]."""
    handler = functools.partial(Quiet, directory=str(HERE))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (HERE / "shots").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for page_name in pages:
            name, width, *height = page_name.split(":")
            page = browser.new_page(
                viewport={"width": int(width), "height": int(height[0]) if height else 900}
            )
            page.on("console", lambda message: click.echo(f"{message.type}: {message.text}"))
            page.on("pageerror", lambda error: click.echo(f"error: {error}"))
            page.goto(f"http://127.0.0.1:{server.server_port}/{name}.html")
            page.screenshot(path=HERE / "shots" / f"{name}-{width}.png", full_page=not height)
            spill = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            click.echo(f"{name} at {width}: spills {spill} px")
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:] or USUAL)
