"""Takes the pictures of the guide anew from the demo: tools/pictures.py [--at ADDRESS] [KIND …]

Without an address a demo is started, which takes some minutes. Each picture is taken as the demo account of
its kind; one that looks as before is left as it is, so that an unchanged page makes no new file.
"""

import argparse
import base64
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "docs" / "guide" / "pictures"
sys.path.insert(0, str(PROJECT / "tests"))
PASSWORD = "follow-the-sun"
PORT = 8299
SCREEN = {"width": 1200, "height": 760}
QUALITY = 0.62
# The share of points that may differ, for clocks and times that have gone on.
SAME = 0.02

# Kind, the picture's name after it, and where it is taken: an address, then what is clicked.
SHOTS = (
    ("staff", "", ("/",)),
    ("staff", "ask", ("/portal/ask/",)),
    ("agent", "", ("/",)),
    ("agent", "item", ("/desk/", "main tbody a")),
    ("network", "", ("/",)),
    ("network", "world", ("/world/",)),
    ("chief", "", ("/",)),
    ("chief", "servers", ("/", "main a:has-text('servers')")),
    ("architect", "", ("/",)),
    ("architect", "applications", ("/applications/applications/",)),
    ("planner", "", ("/",)),
    ("planner", "datasets", ("/plans/planning-datasets/new/",)),
    ("continuity", "", ("/",)),
    ("continuity", "sites", ("/places/sites/?criticality=1",)),
    ("budget", "", ("/",)),
    ("budget", "version", ("/budgets/", "main tbody a")),
    ("cio", "", ("/",)),
    ("cio", "portfolio", ("/portfolio/overview/",)),
    ("delegate", "", ("/",)),
    ("delegate", "table", ("/", "main a:has-text('Approved posts by unit and grade')")),
    ("operator", "", ("/",)),
    ("operator", "jobs", ("/operation/jobs/",)),
)
ENCODE = """async ([url, quality]) => {
  const image = new Image(); image.src = url; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({type: "image/webp", quality});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = ""; for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""
DIFFER = """async ([one, other]) => {
  const points = [];
  for (const url of [one, other]) {
    const image = new Image(); image.src = url; await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext("2d"); drawing.drawImage(image, 0, 0);
    points.push(drawing.getImageData(0, 0, image.width, image.height).data);
  }
  if (points[0].length !== points[1].length) return 1;
  let differing = 0;
  for (let at = 0; at < points[0].length; at += 4)
    if ([0, 1, 2].some(part => Math.abs(points[0][at + part] - points[1][at + part]) > 48)) differing += 1;
  return differing * 4 / points[0].length;
}"""


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        # The variable has to stand before the program starts.
        words = ["env", f"MERIDIAN_VAR={folder}", f"{PROJECT}/.venv/bin/meridian", "up", "--demo"]
        program = subprocess.Popen([*words, "--port", str(PORT)], stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{PORT}"
            while not is_ready(address):
                if program.poll() is not None:
                    sys.exit("The demo ended before it served.")
                time.sleep(1)
            yield address
        finally:
            program.terminate()
            program.wait()


def is_ready(address: str) -> bool:
    """Whether the house serves."""
    try:
        with urllib.request.urlopen(f"{address}/ready", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def signed_in(browser: Browser, address: str, kind: str) -> Iterator[Page]:
    """A page of the demo account of a kind, in English."""
    context = browser.new_context(base_url=address, viewport=SCREEN, locale="en", reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("input[name=login]", kind)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    yield page
    context.close()


def taken(page: Page, way: tuple[str, ...]) -> str:
    """What is seen at the end of a way, as the address of an image."""
    page.goto(way[0])
    for target in way[1:]:
        page.locator(target).first.click()
        page.wait_for_load_state()
    page.wait_for_load_state("networkidle")
    return f"data:image/png;base64,{base64.b64encode(page.screenshot()).decode()}"


def keep(canvas: Page, name: str, image: str) -> bool:
    """Write the picture unless the one that is there looks the same; whether it was written."""
    place = FOLDER / f"{name}.webp"
    made = canvas.evaluate(ENCODE, [image, QUALITY])
    if place.is_file():
        kept = base64.b64encode(place.read_bytes()).decode()
        addresses = [f"data:image/webp;base64,{text}" for text in (kept, made)]
        if canvas.evaluate(DIFFER, addresses) <= SAME:
            return False
    place.write_bytes(base64.b64decode(made))
    return True


def take(browser: Browser, address: str, kinds: list[str]) -> None:
    """Take the pictures of these kinds, or of all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    canvas = browser.new_page()
    wanted = [shot for shot in SHOTS if not kinds or shot[0] in kinds]
    for kind in dict.fromkeys(shot[0] for shot in wanted):
        with signed_in(browser, address, kind) as page:
            for _kind, part, way in (shot for shot in wanted if shot[0] == kind):
                name = f"{kind}-{part}" if part else kind
                if keep(canvas, name, taken(page, way)):
                    sys.stdout.write(f"{name} is taken anew.\n")


def main() -> None:
    """Take them."""
    from house import browser  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", help="the address of a demo that runs already")
    parser.add_argument("kinds", nargs="*")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.program(), args=["--no-sandbox"])
        if asked.at:
            take(started, asked.at, asked.kinds)
        else:
            with demo() as address:
                take(started, address, asked.kinds)


if __name__ == "__main__":
    main()
