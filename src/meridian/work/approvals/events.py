"""What approvals tell other modules. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StepAsked:
    """A step is open: its approvers are asked, for the first time or anew (`round`)."""

    step: int
    round: int


@dataclass(frozen=True, slots=True)
class DecisionDue:
    """Nobody has decided yet, and the time that was given ends soon or is over."""

    step: int
    round: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class ApprovalDecided:
    """An approval has ended: `decision` is approved, rejected, void or withdrawn.

    `resource` and `row` name what was to be approved, such as `changes.change` and 7; `person` decided it.
    """

    approval: int
    resource: str
    row: int
    decision: str
    person: int | None
    at: datetime
