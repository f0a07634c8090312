"""Every dependency is there for something: what nothing imports or names is weight and risk for nothing."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from house.databases import PROJECT_FOLDER

PROJECT = tomllib.loads((PROJECT_FOLDER / "pyproject.toml").read_text())
NAME = re.compile(r"[A-Za-z0-9._-]+")
# What builds and checks the project is named by its configuration and its verbs.
BUILDING = {"editables": "hatchling installs the project in place with it"}
CONFIGURED = ("pyproject.toml", "Makefile", ".importlinter", "tools/browser", "conftest.py")


def distribution(requirement: str) -> str:
    """The bare name of a requirement, as installed packages spell it."""
    found = NAME.match(requirement)
    assert found
    return found.group().lower().replace("_", "-")


def import_names(name: str) -> set[str]:
    """The packages that a distribution brings."""
    return {
        package
        for package, owners in metadata.packages_distributions().items()
        if name in {owner.lower().replace("_", "-") for owner in owners}
    }


def used_words(folders: tuple[str, ...]) -> set[str]:
    """The first part of all that is imported, and the parts of strings that are names."""
    found: set[str] = set()
    for folder in folders:
        for path in (PROJECT_FOLDER / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                found |= _words(path)
    return found


def _words(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Constant) and id(node) not in prose and NAME.fullmatch(str(node.value)):
            found |= set(re.findall(r"[a-z0-9_-]+", str(node.value).lower()))
    return found


@pytest.mark.parametrize(
    ("requirements", "folders"),
    [
        (PROJECT["project"]["dependencies"], ("src",)),
        (PROJECT["dependency-groups"]["dev"], ("src", "tests", "tools", "bench")),
    ],
    ids=["of the product", "of its development"],
)
def test_every_dependency_is_used(requirements, folders):
    words = used_words(folders)
    if "tools" in folders:
        words |= {
            word
            for name in CONFIGURED
            for line in (PROJECT_FOLDER / name).read_text().splitlines()
            if not re.match(r'\s*"[\w\[\],.-]+[><=]', line)
            for word in re.findall(r"[a-z0-9_]+", line.lower())
        }
    idle = []
    for requirement in requirements:
        name = distribution(requirement)
        plugs_in = any(point.group == "pytest11" for point in metadata.distribution(name).entry_points)
        if name in BUILDING or plugs_in:
            continue
        # A backend may be named by a part of a word: Argon2PasswordHasher.
        names = {name, name.replace("-", "_"), *import_names(name)}
        used = any(word == known or (word == "argon2" and word in known) for word in names for known in words)
        if not used:
            idle.append(f"{name} (imported as {', '.join(sorted(import_names(name)))})")
    assert idle == []
