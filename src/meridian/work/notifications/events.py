"""What notifications tell other modules."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleTold:
    """Requesters or watchers are told of the happening at `sequence` of an item's log, as `kind`.

    `people` are persons, with or without an account; whoever did it is not among them. `number` is the one by
    which they know it; with `title` and `words` what they may read of the item and of what was said.
    """

    kind: str
    item: int
    sequence: int
    number: str
    people: tuple[int, ...]
    title: str
    words: str
