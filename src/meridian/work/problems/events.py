"""What problems tell other modules. Ids are keys of rows, instants UTC; `person` None is Meridian itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProblemAssigned:
    problem: int
    person: int | None
    at: datetime
    assignee: int | None
