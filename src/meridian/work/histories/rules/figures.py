"""The public figures of the log, each with the one definition that gives its digits.

All are taken from the event log of the items, never from the file:

* `incidents`: items imported; `rows`: events with a `row` fact, those put aside included.
* `never_reassigned`, `reassigned_3_or_more`: by the log's own counter as it stands at the end. The
  changes of group that the rows show are fewer: 14,213 rows name no group.
* `bounced`: the known groups in order, repetitions counted once, hold A, B, A next to each other.
  A return by a longer way (10.5 %) and a `?` between two groups (9.4 %) don't count.
* `reopened`: the log's own counter is above nought at the end.
* `sla_missed`: the last row says that the promise was not kept.
* `waited`: the item was ever on hold, whatever it waited for.
* `ci_linked`: a configuration item is known at the end (0.217 %; ever known: 0.225 %).
* `by_phone`: the contact type is Phone, the interactive voice response apart.
* `median_hours`, `p90_hours`: from opening to the instant of resolution that the log gives, over the
  23,362 incidents that have one, with linear interpolation.
* `peak_hour_share`: share of openings in the fullest hour of the log's own day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from meridian.work.histories.contracts import Figures


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the figures need of one incident. `teams` are its known groups in order; `hours` from opening
    to resolution, None where the instant is unknown."""

    rows: int
    reassigned_count: int
    reopened_count: int
    teams: Sequence[object]
    made_sla: bool
    waited: bool
    ci_linked: bool
    by_phone: bool
    hours: float | None
    opening_hour: int


def figures(outcomes: Iterable[Outcome], rows_quarantined: int = 0) -> Figures:
    """The figures over all outcomes; there must be one at least, and one with an instant of resolution.

    `rows_quarantined` are the rows that the outcomes don't count.
    """
    counts: Counter[str] = Counter()
    openings: Counter[int] = Counter()
    hours: list[float] = []
    for outcome in outcomes:
        openings[outcome.opening_hour] += 1
        if outcome.hours is not None:
            hours.append(outcome.hours)
        counts.update(_traits(outcome))
        counts["rows"] += outcome.rows
    incidents = openings.total()
    hours.sort()
    shares = {name: 100 * counts[name] / incidents for name in TRAITS}
    return Figures(
        incidents=incidents,
        rows=counts["rows"] + rows_quarantined,
        median_hours=quantile(hours, 0.5),
        p90_hours=quantile(hours, 0.9),
        peak_hour_share=100 * max(openings.values()) / incidents,
        **shares,
    )


def printed(found: Figures) -> dict[str, float]:
    """The figures with the digits of the published ones.

    Shares and the median have one decimal, `reopened` two. `p90_hours` is published in whole hours, and
    counts those that have passed: 381.55 is 381, as a clock would say.
    """
    return {
        name: value if isinstance(value, int) else round(value, 2 if name == "reopened" else 1)
        for name, value in asdict(found).items()
    } | {"p90_hours": int(found.p90_hours)}


TRAITS = (
    "never_reassigned",
    "reassigned_3_or_more",
    "bounced",
    "reopened",
    "sla_missed",
    "waited",
    "ci_linked",
    "by_phone",
)


def _traits(outcome: Outcome) -> list[str]:
    holds = (
        outcome.reassigned_count == 0,
        outcome.reassigned_count >= 3,
        has_bounced(outcome.teams),
        outcome.reopened_count > 0,
        not outcome.made_sla,
        outcome.waited,
        outcome.ci_linked,
        outcome.by_phone,
    )
    return [name for name, true in zip(TRAITS, holds, strict=True) if true]


def has_bounced(teams: Iterable[object]) -> bool:
    """Whether an item went from a group to another and straight back (A→B→A); repetitions count once."""
    walked = [team for team, _ in groupby(teams)]
    return any(first == third for first, third in zip(walked, walked[2:], strict=False))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile of an ordered series by linear interpolation between neighbours."""
    if not ordered:
        raise ValueError("There is no quantile of nothing.")
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
