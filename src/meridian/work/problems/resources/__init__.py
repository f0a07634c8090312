"""What the house knows of problems."""

from meridian.work.problems.resources.known_errors import CandidateResource, KnownErrorResource
from meridian.work.problems.resources.parts import ProblemEventResource
from meridian.work.problems.resources.problems import ProblemResource

__all__ = [
    "CandidateResource",
    "KnownErrorResource",
    "ProblemEventResource",
    "ProblemResource",
]
