"""Measures the house as it will be with many more modules: made ones, in a copy that is thrown away.

    tools/sixty.py [--modules 40]     `make sixty`

Every made module has four tables that refer to each other and to units. Measured is processor time
(user and system), which a busy machine changes little, the least of three runs; memory is the most that
the process ever held. The table goes to `bench/RESULTS.md`.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = ("registers", "holdings", "work", "steering")
FIRST = "alpha bravo carol delta eager focal grand hotel index joint".split()
SECOND = "assets boards claims drills".split()
MORE_NOUNS = ("Part", "Check", "Note")
RUNS = 3
BYTES_OF_RSS = 1024
ERLANG = "plan erlang --model c --arrival-rate 100 --service-rate 10 --agents 12"

MODEL = """

class {Noun}(Record):
    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    code = models.CharField(_("code"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    amount = models.DecimalField(_("amount (USD)"), max_digits=12, decimal_places=2, null=True, blank=True)
    whole = models.ForeignKey({First}, models.PROTECT, verbose_name=_("whole"), related_name="{nouns}")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="+")

    class Meta:
        verbose_name = _("{words}")
        verbose_name_plural = _("{words}s")

    def __str__(self) -> str:
        return self.code
"""
RESOURCE = """

class {Noun}Resource(Resource):
    model = {Noun}
    address = "{nouns}"
    policy = everywhere()
    key = "code"
    order = ("code",)
    related = ("whole", "unit")
    state = "state"
    tones: ClassVar[dict[str, str]] = {{"open": "good", "closed": "still"}}
    fields = (
        F("code", column=True, search="A"),
        F("state", column=True),
        F("due_on", column=True),
        F("amount", column=True),
        F("whole", column=True),
        F("unit", column=True),
    )
"""


def made_modules(count: int) -> list[tuple[str, str]]:
    """Floor and name of each module to be made."""
    names = [f"{first}_{second}" for second in SECOND for first in FIRST][:count]
    return [(FLOORS[at % len(FLOORS)], name) for at, name in enumerate(names)]


def make_module(copy: Path, floor: str, name: str) -> None:
    """A module by the verb of the house, with three tables more."""
    run(copy, [str(copy / "tools" / "new-module"), floor, name])
    folder = copy / "src" / "meridian" / floor / name
    first = re.search(r"^class (\w+)\(Record\)", (folder / "models.py").read_text(), re.MULTILINE)[1]
    nouns = [f"{first}{more}" for more in MORE_NOUNS]
    for file, text in (("models.py", MODEL), ("resources.py", RESOURCE)):
        place = folder / file
        added = [
            text.format(
                Noun=noun,
                First=first,
                nouns=noun.lower() + "s",
                words=f"{name.replace('_', ' ')} {noun.lower()}",
            )
            for noun in nouns
        ]
        place.write_text(place.read_text() + "".join(added))
    resources = folder / "resources.py"
    known = f"from meridian.{floor}.{name}.models import {first}"
    head = f"from typing import ClassVar\n\n{known}, {', '.join(nouns)}"
    resources.write_text(resources.read_text().replace(known, head, 1))


def environment(copy: Path) -> dict[str, str]:
    """Where a process of the copy finds its source and what changes."""
    return {
        **os.environ,
        "PYTHONPATH": f"{copy / 'src'}:{copy / 'tests'}",
        "MERIDIAN_VAR": str(copy / "var"),
        "DJANGO_SETTINGS_MODULE": "meridian.site.settings",
    }


def run(copy: Path, words: list[str]) -> str:
    """Run a program in the copy and give what it printed; its fault ends the measuring."""
    answer = subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment(copy), capture_output=True, text=True, check=False
    )
    if answer.returncode:
        sys.exit(f"{' '.join(words)}:\n{answer.stderr[-3000:]}")
    return answer.stdout


def processor(copy: Path, words: list[str]) -> tuple[float, int]:
    """Least processor seconds of a few runs of a program, and the megabytes that it held at most."""
    found = []
    for _run in range(RUNS):
        program = subprocess.Popen(
            [sys.executable, *words], cwd=copy, env=environment(copy), stdout=subprocess.DEVNULL
        )
        _pid, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            sys.exit(f"{' '.join(words)} ended with {program.returncode}.")
        found.append((used.ru_utime + used.ru_stime, used.ru_maxrss * BYTES_OF_RSS // 1_000_000))
    return min(found)


def measure(copy: Path) -> Iterator[tuple[str, str, str]]:
    """What was measured, what it came to and what it may be."""
    web, megabytes = processor(copy, ["tools/sixty_pages.py", "ready"])
    yield "web process ready, processor", f"{web:.2f} s", "2.5 s"
    yield "web process ready, memory", f"{megabytes} MB", "220 MB"
    yield "`meridian --help`", f"{processor(copy, ['-m', 'meridian', '--help'])[0]:.2f} s", "0.35 s"
    light, _ = processor(copy, ["-m", "meridian", *ERLANG.split()])
    yield "a verb without Django", f"{light:.2f} s", "0.6 s"
    told = json.loads(run(copy, ["tools/sixty_pages.py", "pages"]).splitlines()[-1])
    for what, bound in (("page", "12"), ("list", "8")):
        register, statements = told[what]
        yield f"{what} of {register}, which asks most statements", str(statements), bound
    yield "registers", str(told["resources"]), ""
    yield "entries in the menu of who may do everything", str(told["menu"]), ""


def main() -> None:
    """Make the copy, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=int, default=40)
    count = parser.parse_args().modules
    folder = Path(tempfile.mkdtemp(prefix="sixty-"))
    try:
        for name in ("src", "tools", "tests"):
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PROJECT / "pyproject.toml", folder)
        made = made_modules(count)
        for floor, name in made:
            make_module(folder, floor, name)
        if made:
            names = [name for _floor, name in made]
            run(folder, ["-m", "django", "makemigrations", *names, "--name", "more"])
        run(folder, ["-m", "meridian", "prepare"])
        run(folder, ["-m", "meridian", "migrate"])
        sys.stdout.write(f"| with {count} modules more | | may be |\n|---|---:|---:|\n")
        for what, figure, bound in measure(folder):
            sys.stdout.write(f"| {what} | {figure} | {bound} |\n")
            sys.stdout.flush()
    finally:
        subprocess.run(
            [sys.executable, "-m", "meridian", "database", "stop"],
            env=environment(folder),
            capture_output=True,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
