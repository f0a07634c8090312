"""Measures files, functions and modules against the caps of the house.

    tools/sizes.py           say what is too large; exit code 1 when anything is
    tools/sizes.py --write   lower the ratchet to what is true now; it never rises

A file above 300 lines or a function above 50 is lawful only while `tools/sizes.json` names
it with its present size: the ratchet may only shrink. Above 400 lines nothing is lawful.
"""

import ast
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
RATCHET = Path(__file__).with_suffix(".json")
LARGEST_FILE_LINES = 300
LARGEST_TEST_FILE_LINES = 400
HARD_FILE_LINES = 400
LARGEST_FUNCTION_LINES = 50
LARGEST_MODULE_LINES = 3_000
FLOORS = ("solvers", "engine", "registers", "holdings", "work", "steering", "insight", "site")


@dataclass(frozen=True)
class Size:
    """Something measured: what it is, how many lines it has and how many it may have."""

    name: str
    line_count: int
    cap: int


def measured(project: Path) -> Iterator[Size]:
    """Every file, function and module of the project with its size and cap."""
    for folder in ("src", "tests", "tools", "bench"):
        for path in sorted((project / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _in_file(path, path.relative_to(project).as_posix())
    for floor in FLOORS:
        for folder in sorted((project / "src" / "meridian" / floor).glob("*/__init__.py")):
            name = folder.parent.relative_to(project).as_posix()
            yield Size(f"{name}/", _lines_of_module(folder.parent), LARGEST_MODULE_LINES)


def _in_file(path: Path, name: str) -> Iterator[Size]:
    text = path.read_text(encoding="utf-8")
    is_test = "tests" in path.parts
    yield Size(name, text.count("\n"), LARGEST_TEST_FILE_LINES if is_test else LARGEST_FILE_LINES)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Size(f"{name}::{node.name}", count, LARGEST_FUNCTION_LINES)


def _lines_of_module(folder: Path) -> int:
    aside = {"tests", "testing.py", "migrations"}
    paths = (path for path in folder.rglob("*.py") if not aside & set(path.parts))
    return sum(path.read_text(encoding="utf-8").count("\n") for path in paths)


def complaints(sizes: list[Size], ratchet: dict[str, int]) -> list[str]:
    """A sentence for everything too large, and for every line of the ratchet that no longer holds."""
    found = []
    for size in sizes:
        allowed = ratchet.get(size.name, size.cap)
        is_file = "::" not in size.name and not size.name.endswith("/")
        if is_file:
            allowed = min(allowed, HARD_FILE_LINES)
        if size.line_count > allowed:
            found.append(f"{size.name} has {size.line_count} lines, but {allowed} are its cap: divide it.")
    true_now = lowered(sizes, ratchet)
    found += [
        f"{name} has shrunk or gone: run `tools/sizes.py --write`."
        for name in ratchet
        if true_now.get(name) != ratchet[name]
    ]
    return found


def lowered(sizes: list[Size], ratchet: dict[str, int]) -> dict[str, int]:
    """The ratchet with every entry at its present size, without those that need none any more."""
    present = {size.name: size for size in sizes}
    return {
        name: min(recorded, present[name].line_count)
        for name, recorded in ratchet.items()
        if name in present and present[name].line_count > present[name].cap
    }


def main() -> int:
    """Check, or lower the ratchet."""
    sizes = list(measured(PROJECT_FOLDER))
    ratchet: dict[str, int] = json.loads(RATCHET.read_text())
    if "--write" in sys.argv:
        ratchet = lowered(sizes, ratchet)
        RATCHET.write_text(json.dumps(ratchet, indent=2) + "\n")
    found = complaints(sizes, ratchet)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
