"""The tutorial holds word for word: its files and commands make a module in a copy of the house, all green.

What is made untouched in its first step is green too: its second step asks the house test of it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from house.databases import PROJECT_FOLDER

TUTORIAL = PROJECT_FOLDER / "docs" / "developers" / "first-module.md"
# Shared with the copy, or made anew in it.
NOT_COPIED = {".git", ".venv", ".tools", "var", "data"}
OF_THIS_RUN = ("PYTEST_", "MERIDIAN_", "DJANGO_", "DATABASE_", "MAKE", "MFLAGS")
BLOCK = re.compile(
    r"(?:^`(?P<place>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def copied(to: Path) -> Path:
    """The house as it is, with the same environment, and a `var` of its own."""
    for place in PROJECT_FOLDER.iterdir():
        if place.is_dir() and place.name not in NOT_COPIED:
            bulky = shutil.ignore_patterns("data") if place.name == "bench" else None
            shutil.copytree(place, to / place.name, ignore=bulky)
        elif place.is_file():
            shutil.copy2(place, to)
    for name in (".venv", ".tools"):
        (to / name).symlink_to(PROJECT_FOLDER / name)
    (to / "var").mkdir()
    (to / "var" / ".prepared").touch()
    return to


def carry_out(command: str, house: Path) -> None:
    """Type a command in the folder of the house; it ends well, or the test says how it didn't."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_THIS_RUN)}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=house,
        env={**kept, "PYTHONPATH": f"{house / 'src'}:{house / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"


@pytest.fixture
def house(tmp_path) -> Iterator[Path]:
    """A copy of the house, which is thrown away: its database is large."""
    yield copied(tmp_path)
    shutil.rmtree(tmp_path)


def test_the_tutorial_makes_a_module_that_is_green(house):
    steps = list(BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")))
    assert len(steps) > 12
    for step in steps:
        if step["kind"] == "sh":
            for command in step["text"].splitlines():
                carry_out(command, house)
        else:
            place = house / step["place"]
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(step["text"], encoding="utf-8")
    assert "give_back" in (house / "docs" / "modules" / "rest" / "loans.json").read_text(encoding="utf-8")
