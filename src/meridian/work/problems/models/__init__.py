"""Tables of problems and known errors."""

from meridian.work.problems.models.known_errors import Candidate, KnownError
from meridian.work.problems.models.problems import (
    AttachedIncident,
    Problem,
    ProblemEvent,
    ProblemLink,
    ProblemMerge,
    ProblemMessage,
    ProblemNumber,
    ProblemPresence,
    ProblemWatcher,
)

__all__ = [
    "AttachedIncident",
    "Candidate",
    "KnownError",
    "Problem",
    "ProblemEvent",
    "ProblemLink",
    "ProblemMerge",
    "ProblemMessage",
    "ProblemNumber",
    "ProblemPresence",
    "ProblemWatcher",
]
