"""The door of selection: a problem of choosing, what answers it, and the spread of its worth."""

from meridian.solvers.selection.files import read_problem
from meridian.solvers.selection.problem import (
    ANY,
    Capacity,
    Ceiling,
    Choice,
    Claim,
    Line,
    Need,
    Pool,
    Problem,
)
from meridian.solvers.selection.running import select, spread

__all__ = [
    "ANY",
    "Capacity",
    "Ceiling",
    "Choice",
    "Claim",
    "Line",
    "Need",
    "Pool",
    "Problem",
    "read_problem",
    "select",
    "spread",
]
