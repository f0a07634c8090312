"""Asking the desk over a thin line: `python bench/thin_line.py http://127.0.0.1:8000 --out FILE`.

A browser with 256 kbit/s and 600 ms a round trip, set by its own protocol, goes from the sign-in to an
answered request in each of the six languages, as somebody of the demo organisation: how long each step takes
until the page stands, and how many bytes come over the wire. The house runs already, with `meridian up
--demo`. Writes one JSON object, and lines for `bench/RESULTS.md`.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
LINE = {"offline": False, "latency": 600, "downloadThroughput": 32_000, "uploadThroughput": 32_000}
MOST_SECONDS, FIRST_BYTES, NEXT_BYTES = 5, 60_000, 15_000
PASSWORD = "follow-the-sun"


class Wire:
    """Counts the bytes of a page and its requests, headers and all, over the thin line."""

    def __init__(self, page: Page) -> None:
        self.bytes = self.requests = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1

    def read(self) -> tuple[int, int]:
        found, self.bytes, self.requests = (self.bytes, self.requests), 0, 0
        return found


def steps(page: Page) -> Iterator[tuple[str, Any]]:
    """What somebody in need does, each with the way it is done."""
    yield "sign-in page (first visit)", lambda: page.goto("/account/login/?next=/portal/")
    page.locator("main form [name=login]").fill("staff")
    page.locator("main form [type=password]").fill(PASSWORD)
    yield (
        "sign in, to the portal",
        lambda: pressed(page, "main form button[type=submit], main form button.first"),
    )
    yield "begin to ask", lambda: page.goto("/portal/ask/")
    page.locator("main [name=title]").fill("The line is thin")
    page.locator("main textarea[name=text]").fill("It takes long to open anything.")
    yield "send", lambda: pressed(page, "main form .form-end button.first")
    page.locator("#text").fill("It is better in the evening.")
    yield "say more", lambda: pressed(page, "main form:has(#text) button[value=reply]")
    yield "back to the portal", lambda: page.goto("/portal/")


def pressed(page: Page, button: str) -> None:
    with page.expect_navigation(wait_until="load"):
        page.locator(button).first.click()


def measured(browser: Any, address: str, language: str) -> list[dict[str, Any]]:
    """Each step in one language by a visitor whose browser holds nothing yet."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(60_000)
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    wire, rows = Wire(page), []
    for name, act in steps(page):
        wire.read()
        begun = time.perf_counter()
        act()
        seconds = time.perf_counter() - begun
        page.wait_for_timeout(1_500)
        weight, requests = wire.read()
        rows.append(
            {
                "language": language,
                "step": name,
                "seconds": round(seconds, 2),
                "bytes": weight,
                "requests": requests,
            }
        )
    context.close()
    return rows


def told(rows: list[dict[str, Any]]) -> str:
    """A line a step: the slowest and the heaviest of the six languages, and whether the goals are met."""
    lines = [
        "| step | s (slowest) | bytes (heaviest) | requests | goal | met |",
        "| :-- | --: | --: | --: | --: | --: |",
    ]
    for name in dict.fromkeys(row["step"] for row in rows):
        of_step = [row for row in rows if row["step"] == name]
        seconds, weight, requests = (
            max(row[key] for row in of_step) for key in ("seconds", "bytes", "requests")
        )
        most = FIRST_BYTES if "first visit" in name else NEXT_BYTES
        met = "yes" if seconds <= MOST_SECONDS and weight <= most else "**no**"
        lines.append(f"| {name} | {seconds} | {weight:,} | {requests} | 5 s, {most:,} | {met} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    asked = parser.parse_args()
    before = os.getloadavg()[0]
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=asked.browser, args=[*sandbox, "--disable-gpu"])
        rows = [row for language in LANGUAGES for row in measured(browser, asked.address, language)]
        browser.close()
    load = [round(before, 1), round(os.getloadavg()[0], 1)]
    asked.out.write_text(json.dumps({"line": LINE, "load": load, "rows": rows}, indent=1))
    sys.stdout.write(f"load average {load[0]} before, {load[1]} after\n{told(rows)}\n")


if __name__ == "__main__":
    main()
