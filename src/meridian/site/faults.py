"""Turns what the machine complains about into a sentence that a person can act upon."""

import errno
import sys
from typing import Any

from django.conf import settings
from django.db.utils import OperationalError, ProgrammingError

from meridian.kernel.console import Fault
from meridian.site import environment
from meridian.site.discovery import WrongManifest

OLDEST_DATABASE_VERSION = 150_000
DISK_FULL_STATE = "53100"
UNDEFINED_TABLE_STATE = "42P01"
UNPERMITTED_STATE = "42501"
LONGEST_NAME = 120
WRONG_NAME_NUMBERS = {errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP}
FULL_DISK_NUMBERS = {errno.ENOSPC, errno.EDQUOT}


def fault_from(error: BaseException) -> Fault | None:
    """The fault that a person can mend behind `error`, or None when it is a fault of the program."""
    if told := _told_by_the_house(error):
        return told
    state = getattr(error.__cause__, "sqlstate", None)
    if state == DISK_FULL_STATE or (isinstance(error, OSError) and error.errno in FULL_DISK_NUMBERS):
        return Fault("The disk is full.", "Free some space, then run the command again.")
    if state == UNDEFINED_TABLE_STATE and isinstance(error, ProgrammingError):
        return Fault("The database lacks a table.", "Run `meridian migrate`.")
    if state == UNPERMITTED_STATE and isinstance(error, ProgrammingError):
        return Fault(
            f"The database refused this to {settings.SERVICE_ROLE or 'its user'}.",
            "Tables are changed by their owner: run `meridian migrate` with MERIDIAN_OWNER_URL.",
        )
    if isinstance(error, OperationalError):
        return unreachable(error)
    if isinstance(error, PermissionError):
        return Fault(
            f"Meridian may not use {error.filename}.",
            "Run it as the user who made that file, or set MERIDIAN_VAR to a folder of your own.",
        )
    if isinstance(error, OSError) and error.filename and error.errno in WRONG_NAME_NUMBERS:
        return Fault(f"{shown(error.filename)} can't be used: {error.strerror}.", "Name another file.")
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        return Fault("A word of this command is no text.", "Type it in UTF-8.")
    return None


def shown(name: Any) -> str:
    """The name of a file, as far as one reads it."""
    text = ascii(str(name))[1:-1] if not str(name).isprintable() else str(name)
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _told_by_the_house(error: BaseException) -> Fault | None:
    """What the house itself says in words."""
    if isinstance(error, WrongManifest):
        return Fault(str(error), "Mend the manifest, or what it names.")
    if _is(error, "meridian.engine.records", "UnknownName"):
        return Fault(str(error), "Write the name of a model, such as places.Site.")
    if _is(error, "meridian.engine.commands", "Refusal"):
        field = getattr(error, "field", "")
        return Fault(f"{field}: {error}" if field else str(error), "Nothing was written.")
    return None


def _is(error: BaseException, module: str, name: str) -> bool:
    """Asked without importing the module: who needs no Django has none to raise its errors."""
    found = sys.modules.get(module)
    return found is not None and isinstance(error, getattr(found, name))


def unreachable(error: BaseException) -> Fault:
    """Says that the database does not answer, where it was looked for, and what the driver said."""
    reason = _reason(str(error))
    if environment.database_is_embedded():
        return Fault(f"The embedded database does not answer: {reason}.", "Run `meridian doctor`.")
    return Fault(
        f"The database {_address(settings.DATABASES['default'])} does not answer: {reason}.",
        "Check DATABASE_URL, and that the server runs and lets you in.",
    )


def too_old(version: int) -> Fault:
    """Says that the server is older than Meridian can use; `version` as PostgreSQL numbers it."""
    return Fault(
        f"The database server is PostgreSQL {version // 10_000}, but Meridian needs 15 or later.",
        "Upgrade it, or unset DATABASE_URL to use the embedded one.",
    )


def _address(configured: dict[str, Any]) -> str:
    return f"{configured['NAME']} at {configured['HOST'] or 'localhost'}:{configured['PORT'] or 5432}"


def _reason(text: str) -> str:
    """What the driver says went wrong, without its address and its advice."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "failed: " in line] or lines[:1] or ["no reason was given"]
    return telling[-1].rpartition("failed: ")[2].rstrip(".")
