"""What budgets tell of funding proposals. Ids are keys of rows, instants UTC.

`version` is that of the proposal as it then was, `account` who did it.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProposalMoved:
    """A proposal was reviewed, submitted or decided: `state` is what it is now."""

    proposal: int
    version: int
    account: int | None
    at: datetime
    state: str
