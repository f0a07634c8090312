"""What service levels tell other modules. Ids are keys of rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonCalled:
    """Somebody is to learn that a clock has passed a threshold: the hour has come to tell them."""

    call: int
