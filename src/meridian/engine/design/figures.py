"""Why a number on a page has no proof of its own: the reason is written beside it, for whoever looks."""

from enum import StrEnum


class Unproved(StrEnum):
    """A number that a page counted or added has a proof; any other says by one of these why it needs none."""

    # A row holds it as it stands there: the line, or the page, leads to the row and its history.
    HELD = "held"
    # It leads to the page that shows every row it counts, and no other.
    LISTED = "listed"
    # One of the many numbers of a solver's or a model's answer, kept as told by what the page names.
    ANSWERED = "answered"
    # A percentage or a difference of figures beside it, each of which has its proof.
    FOLLOWS = "follows"
    # Reckoned for another hour than now: no list can be asked of it, and its page says it of each place.
    RECKONED = "reckoned"
    # It counts what people answered, which nobody may read one by one.
    SEALED = "sealed"
    # Read at this moment from the machine, or from the queue of its jobs: nobody wrote it.
    MEASURED = "measured"
