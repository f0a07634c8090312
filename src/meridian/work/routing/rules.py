"""Who of several people gets an item: first who may have it at all, then who fits best; no tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FILTERS = ("on_shift", "time", "language", "skill", "capacity")
WEIGHTS = ("language", "skill", "affinity", "site", "load", "time")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item and its rule ask for."""

    language: str
    must_speak: bool
    skill: int
    most_in_hand: int
    seconds_needed: int
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent as they stand now. `seconds_left` is 0 for who is not on shift."""

    person: int
    team: int
    first_language: str
    languages: frozenset[str]
    skills: frozenset[int]
    in_hand: int
    seconds_left: int
    helped_requester: int = 0
    helped_site: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a candidate: which filters they fail, the points of each weight, and their sum."""

    candidate: Candidate
    fails: tuple[str, ...]
    points: Mapping[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        return round(sum(self.points.values()), 2)


def judge(asked: Asked, candidates: Iterable[Candidate]) -> list[Judged]:
    """Everybody, who fits best first; who fails a filter comes last and is never chosen.

    At the same score whoever has less in hand comes first, then the lower id, so that the same people
    always give the same answer.
    """
    judged = [_judged(asked, each) for each in candidates]
    return sorted(
        judged, key=lambda one: (bool(one.fails), -one.score, one.candidate.in_hand, one.candidate.person)
    )


def chosen(judged: Iterable[Judged]) -> Judged | None:
    """The first who fails nothing; None where nobody can have it."""
    return next((one for one in judged if not one.fails), None)


def _judged(asked: Asked, one: Candidate) -> Judged:
    holds = {
        "on_shift": one.seconds_left > 0,
        "time": one.seconds_left >= asked.seconds_needed,
        "language": not asked.must_speak or not asked.language or asked.language in one.languages,
        "skill": not asked.skill or asked.skill in one.skills,
        "capacity": one.in_hand < asked.most_in_hand,
    }
    fails = tuple(name for name in FILTERS if not holds[name])
    return Judged(one, fails) if fails else Judged(one, (), _points(asked, one))


def _points(asked: Asked, one: Candidate) -> dict[str, float]:
    """Each weight by a share from 0 to 1 of what it is about."""
    eight_hours = 8 * 3_600
    shares = {
        "language": 1.0
        if one.first_language == asked.language
        else 0.5
        if asked.language in one.languages
        else 0.0,
        "skill": min(1.0, len(one.skills - {asked.skill}) / 3),
        "affinity": min(1.0, one.helped_requester / 3),
        "site": min(1.0, one.helped_site / 10),
        "load": 1 - one.in_hand / asked.most_in_hand,
        "time": min(1.0, one.seconds_left / eight_hours),
    }
    return {name: round(asked.weights.get(name, 0) * shares[name], 2) for name in WEIGHTS}
