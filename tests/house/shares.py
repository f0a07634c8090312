"""Tests that are asked of every resource: all of them of the rooms that were touched, a share of the others.

`make test` asks one in `MERIDIAN_SHARE` of them; which ones follows from the seed that pytest prints, so
that a failure repeats with `--randomly-seed`. `make test SHARE=1`, and pytest by itself, ask all of them.
"""

import os
import subprocess
import zlib
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from house.databases import PROJECT_FOLDER

if TYPE_CHECKING:
    from meridian.engine.resources import Resource

ONE_IN = int(os.environ.get("MERIDIAN_SHARE") or 1)
HOUSE = ("src", "meridian")


def every(found: "Iterable[type[Resource]]") -> pytest.MarkDecorator:
    """Ask a test of each resource."""
    return every_of("resource", found, lambda one: one.module(), lambda one: one.model._meta.label_lower)


def every_of(
    names: str, found: Iterable[Any], room_of: Callable[[Any], str], name_of: Callable[[Any], str]
) -> pytest.MarkDecorator:
    """Ask a test of each that was found: of each tuple, where there are several `names`."""
    several = "," in names
    asked = [
        pytest.param(*(one if several else [one]), id=name_of(one), marks=pytest.mark.of_room(room_of(one)))
        for one in found
    ]
    return pytest.mark.parametrize(names, asked)


def left_out(config: pytest.Config, items: list[pytest.Item]) -> set[pytest.Item]:
    """What the seed leaves for another run."""
    if ONE_IN == 1:
        return set()
    seed, fresh = config.getoption("randomly_seed", 0), touched()
    return {
        item
        for item in items
        if (mark := item.get_closest_marker("of_room")) is not None
        and mark.args[0] not in fresh
        and zlib.crc32(f"{seed} {item.nodeid}".encode()) % ONE_IN
    }


def told() -> str:
    """What a run says of itself before the first test."""
    if ONE_IN == 1:
        return "asked of every resource: everything"
    return (
        f"asked of every resource: one test in {ONE_IN}, by the seed; all of {', '.join(sorted(touched()))}"
    )


def touched() -> set[str]:
    """The rooms with a file that isn't as on the main line; there itself, those of the last change."""
    here = _git("rev-parse", "HEAD")
    base = _git("merge-base", "HEAD", "origin/HEAD") or _git("merge-base", "HEAD", "main")
    since = "HEAD~1" if base == here else base
    files = _git("diff", "--name-only", since).splitlines() if since else []
    files += _git("ls-files", "--others", "--exclude-standard").splitlines()
    parts = [PurePosixPath(file).parts for file in files]
    return {part[3] for part in parts if part[:2] == HOUSE and len(part) > 4}


def _git(*words: str) -> str:
    """What git says; nothing where there is no history."""
    try:
        done = subprocess.run(
            ["git", *words], cwd=PROJECT_FOLDER, capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
