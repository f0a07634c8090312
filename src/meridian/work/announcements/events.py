"""What announcements tell other rooms. Ids are keys of rows, instants UTC."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecipientsTold:
    """The accounts between two keys are recipients now."""

    announcement: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RecipientsReminded:
    """The recipients (keys of rows) between two keys that were reminded at this moment."""

    announcement: int
    at: datetime
    first: int
    last: int
