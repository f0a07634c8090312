"""How the trail treats a table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditedTable:
    """A table, the columns left out of its record, whether its rows are written once, and
    whether they carry a version."""

    name: str
    unrecorded: tuple[str, ...] = ()
    appended: bool = False
    versioned: bool = True
