"""The flow figures of a log, each with its one definition.

* `cases`: cases that were loaded; `events`: their events, one for each line loaded.
* `changes_country`: the case has more than one value of `country`.
* `bounces_country`: its run of countries, repetitions counted once and lines that name none passed over,
  holds A, B, A next to each other.
* `stays_in_one_line`: the case has exactly one value of `line`.
* `waited`: the case was ever in the state `waiting`.
* `median_hours`: of the hours between a case's first event and its last, with linear interpolation.

Shares are in per cent of the cases; shares and median are printed with one decimal.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from meridian.work.histories.contracts import Flow, Traits
from meridian.work.histories.rules.figures import quantile

SHARES = ("changes_country", "bounces_country", "stays_in_one_line", "waited")


def flow_of(log: str, cases: Sequence[Traits], *, names_country: bool, names_line: bool) -> Flow:
    """The figures over the cases of one log."""
    named = (names_country, names_country, names_line, True)
    shares = {
        share: 100 * sum(getattr(case, share) for case in cases) / len(cases) if cases and is_named else None
        for share, is_named in zip(SHARES, named, strict=True)
    }
    hours = sorted(case.hours for case in cases)
    return Flow(
        log=log,
        cases=len(cases),
        events=sum(case.events for case in cases),
        median_hours=quantile(hours, 0.5) if hours else None,
        **shares,
    )


def printed_flow(found: Flow) -> dict[str, Any]:
    """The figures with one decimal."""
    return {
        name: round(value, 1) if isinstance(value, float) else value for name, value in asdict(found).items()
    }
