"""Whether a translation still says what its source says: by significance, not by date."""

from collections.abc import Iterable

SMALL, MEDIUM, LARGE = 10, 20, 30


def staleness(based_on: int | None, source: Iterable[tuple[int, int]]) -> int:
    """How significant the gravest change of the source is that a translation doesn't have; 0 for none.

    `source` are number and significance of the revisions of the source language that were approved at
    some time; `based_on` is the number of the one that was translated, None when nobody knows. A small change
    makes no translation stale.
    """
    since = (significance for number, significance in source if based_on is None or number > based_on)
    gravest = max(since, default=0)
    return gravest if gravest >= MEDIUM else 0
