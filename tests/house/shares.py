"""Tests that are asked of every resource: all of them of the rooms that were touched, a share of the others.

`make test` asks one in `MERIDIAN_SHARE` of them; which ones follows from the seed that pytest prints, so
that a failure repeats with `--randomly-seed`. `make test SHARE=1`, and pytest by itself, ask all of them.
"""

import functools
import os
import subprocess
import zlib
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from house.databases import PROJECT_FOLDER

if TYPE_CHECKING:
    from meridian.engine.resources import Resource

ONE_IN = int(os.environ.get("MERIDIAN_SHARE") or 1)
HOUSE = ("src", "meridian")
# The seed of this run, the last one; of tests that are started without a run, this one.
SEEDS = [0]
Thing = TypeVar("Thing")


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


def some_of(found: "Iterable[type[Resource]]", of: str) -> "list[type[Resource]]":
    """Those resources of which a test that walks all of them by itself, named `of`, asks in this run."""
    return some_by(found, of, lambda one: one.module())


def some_by(found: Iterable[Thing], of: str, room_of: Callable[[Thing], str]) -> list[Thing]:
    """The same for whatever stands in rooms."""
    fresh = touched() if ONE_IN > 1 else set()
    return [
        one
        for place, one in enumerate(found)
        if ONE_IN == 1 or room_of(one) in fresh or _is_taken(f"{of} {place}", SEEDS[-1])
    ]


def least(count: int) -> int:
    """How much a walk of a share asks at least, where one of everything asks `count`."""
    return count // (ONE_IN + 3) if ONE_IN > 1 else count


def left_out(config: pytest.Config, items: list[pytest.Item]) -> set[pytest.Item]:
    """What the seed leaves for another run."""
    if ONE_IN == 1:
        return set()
    fresh, seed = touched(), config.getoption("randomly_seed", 0)
    SEEDS.append(seed)
    return {
        item
        for item in items
        if (mark := item.get_closest_marker("of_room")) is not None
        and mark.args[0] not in fresh
        and not _is_taken(item.nodeid, seed)
    }


def _is_taken(name: str, seed: int) -> bool:
    return zlib.crc32(f"{seed} {name}".encode()) % ONE_IN == 0


def told() -> str:
    """What a run says of itself before the first test."""
    if ONE_IN == 1:
        return "asked of every resource: everything"
    return (
        f"asked of every resource: one test in {ONE_IN}, by the seed; all of {', '.join(sorted(touched()))}"
    )


@functools.cache
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
