"""What crosses the boundary of surveys."""

from datetime import timedelta

LEAST_SHOWN = 5
EDITABLE_FOR = timedelta(hours=12)
# One question a person in so many days, whatever they asked for.
CAP = timedelta(days=14)
SCORES = range(1, 6)
BAD, SATISFIED = 2, 4
