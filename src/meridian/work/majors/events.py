"""What major incidents tell other modules. Ids are keys of rows, instants UTC; `person` None is the house."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MajorDeclared:
    major: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MajorRolesChanged:
    """`people` have a role now that they had not before."""

    major: int
    person: int | None
    at: datetime
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MajorStatusPublished:
    """Everybody may read something new; `line` is the line of the timeline."""

    major: int
    line: int
    person: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MajorUpdateMissed:
    """Nobody gave the update that was due at `due_at`."""

    major: int
    line: int
    at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class MajorStoodDown:
    major: int
    person: int | None
    at: datetime
