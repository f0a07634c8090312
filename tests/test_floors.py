"""The fences hold, and each of them bites: a small house with one trespass is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from house.databases import PROJECT_FOLDER

FLOORS = ("kernel", "solvers", "engine", "registers", "holdings", "work", "steering", "insight", "site")
SOUND_HOUSE = {
    "registers/people/facade.py": "from meridian.registers.people import models\n",
    "registers/people/models.py": "import django\n",
    "registers/places/facade.py": "from meridian.registers.people import facade\n",
    "work/desk/pages.py": "from meridian.registers.people import facade\n",
    "work/desk/rules.py": "",
    "kernel/money.py": "import decimal\n",
    "kernel/console.py": "import click\n",
    "solvers/waves/facade.py": "from meridian.kernel import money\n",
    "solvers/waves/verbs.py": "import click\nfrom meridian.solvers.waves import facade\n",
    "engine/lists.py": "import django\n",
    "steering/budgets/commands.py": "from meridian.solvers.waves import facade\n",
    "site/discovery.py": "from meridian.work.desk import pages\n",
}
TRESPASSES = {
    "upwards": ("registers/people/facade.py", "from meridian.work.desk import contracts\n"),
    "in a ring": ("registers/people/facade.py", "from meridian.registers.places import facade\n"),
    "past the facade": ("work/desk/pages.py", "from meridian.registers.people import models\n"),
    "up inside a module": ("registers/people/models.py", "from meridian.registers.people import facade\n"),
    "a solver past the floors": ("solvers/waves/facade.py", "from meridian.engine import lists\n"),
    "into a solver past its facade": (
        "steering/budgets/commands.py",
        "from meridian.solvers.waves import verbs\n",
    ),
    "Django in a solver": ("solvers/waves/verbs.py", "import django\n"),
    "the shell in the kernel": ("kernel/money.py", "import click\n"),
    "the shell in rules": ("work/desk/rules.py", "import click\n"),
    "Django in the kernel": ("kernel/money.py", "import django\n"),
    "Django in rules": ("work/desk/rules.py", "import django\n"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    configuration = PROJECT_FOLDER / ".importlinter"
    return subprocess.run(
        [program, "--no-logo", "--no-cache", "--config", configuration],
        cwd=PROJECT_FOLDER,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def _build(folder: Path, files: dict[str, str]) -> None:
    for floor in FLOORS:
        (folder / "meridian" / floor).mkdir(parents=True)
    for name, text in {**files, "work/desk/contracts.py": ""}.items():
        place = folder / "meridian" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    for directory in [folder / "meridian", *(folder / "meridian").rglob("*/")]:
        if directory.is_dir():
            (directory / "__init__.py").touch()


def test_the_house_keeps_its_fences():
    answer = _lint(PROJECT_FOLDER / "src")
    assert answer.returncode == 0, answer.stdout


def test_a_sound_small_house_passes(tmp_path):
    _build(tmp_path, SOUND_HOUSE)
    answer = _lint(tmp_path)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("trespass", TRESPASSES)
def test_each_fence_bites(tmp_path, trespass):
    name, text = TRESPASSES[trespass]
    _build(tmp_path, {**SOUND_HOUSE, name: SOUND_HOUSE[name] + text})
    answer = _lint(tmp_path)
    assert answer.returncode == 1, answer.stdout
    assert "BROKEN" in answer.stdout
