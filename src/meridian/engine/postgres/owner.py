"""As whom PostgreSQL runs: it refuses root, so root hands it to somebody smaller."""

import os
import pwd
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meridian.kernel.console import Fault

NOBODY = "nobody"
NAMESPACE = "namespace"
UNSHARE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


@dataclass(frozen=True)
class Owner:
    """How to run a program as the owner of the data: words before it and options of `subprocess`."""

    prefix: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    user_id: int | None = None

    def give(self, path: Path) -> None:
        """Hand a file or folder to the owner."""
        if self.user_id is not None:
            os.chown(path, self.user_id, self.options["group"])


def owner_of(base: Path, programs: Path) -> Owner:
    """The owner of the database folder `base`, chosen once and remembered in `base/owner`.

    Anybody but root runs PostgreSQL as oneself. Root drops to `nobody` where others can
    reach both the folder and the programs, else into a user namespace of its own, in which
    the files stay root's: no user is made and no folder is opened to others.
    """
    if os.geteuid() != 0:
        return Owner()
    memory = base / "owner"
    if memory.exists():
        way = memory.read_text().strip()
    else:
        way = NOBODY if _others_reach(base.parent) and _others_reach(programs / "postgres") else NAMESPACE
        memory.write_text(way)
    return _nobody() if way == NOBODY else _namespace()


def _others_reach(path: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in [path, *path.parents])


def _nobody() -> Owner:
    entry = pwd.getpwnam(NOBODY)
    options = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return Owner(options=options, user_id=entry.pw_uid)


def _namespace() -> Owner:
    try:
        works = subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        works = False
    if not works:
        raise Fault(
            "PostgreSQL does not run as root, and this machine allows no user namespaces.",
            "Run Meridian as an ordinary user, move it to a folder that others may enter "
            "(such as /srv), or name a server in DATABASE_URL.",
        )
    return Owner(prefix=UNSHARE)
