"""What travels between the command and the worker process; light to import."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class PlacementJob:
    """Plan a placement from the files of a model and its first assignment."""

    model: Path
    assignment: Path


@dataclass(frozen=True)
class CheckJob:
    """Evaluate a solution independently of the solver."""

    model: Path
    assignment: Path
    solution: Path


@dataclass(frozen=True)
class Placement:
    """The best assignment so far (a machine number per process) as the checker saw it."""

    instance: str
    initial_cost: int
    cost: int
    feasible: bool
    machines: tuple[int, ...]
