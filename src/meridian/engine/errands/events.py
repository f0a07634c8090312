"""What happens to errands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrandEnded:
    """An errand is done, refused or failed."""

    errand: int
