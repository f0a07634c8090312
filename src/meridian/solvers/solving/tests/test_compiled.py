"""The cache of compiled kernels: new sources get a new directory, old ones go, what others keep stays."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from meridian.solvers.solving.compiled import KEPT_SECONDS, cache_root, prepare_cache, source_digest

KERNELS = """
from meridian.solvers.solving.compiled import entry_kernel, inlined_kernel, kernel
from meridian.solvers.solving.compiled import making_kernel, parallel_kernel
from numba import prange
import numpy as np

@inlined_kernel
def twice(value):
    return 2 * value

@kernel
def add(target, value):
    target[0] += twice(value)

@entry_kernel
def fill(target, value):
    add(target, value)

@making_kernel
def make(value):
    target = np.zeros(1)
    add(target, value)
    return target

@parallel_kernel
def many(target):
    for place in prange(len(target)):
        target[place] = make(place)[0]

if __name__ == "__main__":
    target = np.zeros(1)
    fill(target, 4.0)
    wide = np.zeros(5)
    many(wide)
    print(target[0], make(5.0)[0], wide.sum(), sum(fill.stats.cache_hits.values()))
"""


KERNEL_LINE = "from meridian.solvers.solving.compiled import kernel\n"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    root = tmp_path / "solvers"
    for package in ("queues", "budgets"):
        (root / package / "tests").mkdir(parents=True)
        (root / package / "one.py").write_text("first = 1\n")
        (root / package / "two.py").write_text(KERNEL_LINE if package == "queues" else "")
        (root / package / "tests" / "test_one.py").write_text("assert True\n")
    return root


def test_the_digest_changes_with_contents_and_names_of_packages_with_kernels(sources: Path) -> None:
    digests = [source_digest(sources)]
    (sources / "queues" / "one.py").rename(sources / "queues" / "three.py")
    digests.append(source_digest(sources))
    (sources / "queues" / "three.py").write_text("first = 2\n")
    digests.append(source_digest(sources))
    assert len(set(digests)) == 3


def test_the_digest_does_not_change_with_tests_or_packages_without_kernels(sources: Path) -> None:
    digest = source_digest(sources)
    (sources / "queues" / "tests" / "test_one.py").write_text("assert 1\n")
    (sources / "budgets" / "one.py").write_text("first = 2\n")
    assert source_digest(sources) == digest


def age(directory: Path, seconds: float) -> Path:
    directory.mkdir()
    (directory / "kept.nbi").write_text("")
    os.utime(directory, (time.time() - seconds, time.time() - seconds))
    return directory


def test_a_new_directory_removes_old_digests_and_nothing_else(tmp_path: Path) -> None:
    old = age(tmp_path / ("a" * 16), 2 * KEPT_SECONDS)
    lately = age(tmp_path / ("b" * 16), KEPT_SECONDS / 2)
    foreign = age(tmp_path / "desks_0123456789abcdef", 2 * KEPT_SECONDS)
    made = prepare_cache(tmp_path, "c" * 16)
    assert made == tmp_path / ("c" * 16)
    assert made.is_dir()
    assert (old.exists(), lately.exists(), foreign.exists()) == (False, True, True)


def test_a_directory_in_use_counts_as_used(tmp_path: Path) -> None:
    kept = age(tmp_path / ("a" * 16), 2 * KEPT_SECONDS)
    prepare_cache(tmp_path, "a" * 16)
    prepare_cache(tmp_path, "b" * 16)
    assert kept.exists()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert prepare_cache(tmp_path / "file", "a" * 16) is None


def test_the_cache_lies_with_the_user_unless_a_place_is_named(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_root() == tmp_path / "meridian" / "numba"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "named"))
    assert cache_root() == tmp_path / "named"


def test_kernels_are_found_again_by_the_next_process(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(KERNELS)
    surroundings = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache"), "NUMBA_NUM_THREADS": "1"}
    told = [
        subprocess.run(
            [sys.executable, str(program)], env=surroundings, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert told == [["8.0", "10.0", "20.0", "0"], ["8.0", "10.0", "20.0", "1"]]
    assert not (tmp_path / "__pycache__").exists()
    assert [len(path.name) for path in (tmp_path / "cache").iterdir()] == [16]
