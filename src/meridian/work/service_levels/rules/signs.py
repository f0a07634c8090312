"""The clock of what isn't an item: its module starts it, and says when it stands, goes on and ends."""

from collections.abc import Iterable

from meridian.work.service_levels.rules.folding import Clocked, Rules, clocked
from meridian.work.service_levels.rules.life import CANCELLED, IN_PROGRESS, ON_HOLD, RESOLVED, Life, Standing
from meridian.work.service_levels.rules.runs import STOPPED, Run

PAUSE, RESUME, STOP, CANCEL, RESET = "pause", "resume", "stop", "cancel", "reset"
# No hold reason of the desk has this id: a module that pauses its clock is its own reason.
OF_THE_MODULE = 0
STATES = {PAUSE: ON_HOLD, RESUME: IN_PROGRESS, RESET: IN_PROGRESS, STOP: RESOLVED, CANCEL: CANCELLED}


def signed_clock(
    rules: Rules,
    kind: str,
    measure: str,
    standing: Standing,
    start: int,
    signs: Iterable[tuple[str, int]],
    now: int,
) -> Clocked | None:
    """The clock at the second `now`; a sign counts when it was given, however late it was told."""
    begun = standing._replace(state=IN_PROGRESS)
    turns = [(start, begun)]
    for sign, second in sorted(signs, key=lambda one: one[1]):
        at = max(second, start)
        if at > now:
            break
        if sign == RESET:
            turns, start = [], at
        reason = OF_THE_MODULE if sign == PAUSE else None
        turns.append((at, begun._replace(state=STATES[sign], hold_reason=reason)))
    last = turns[-1][1]
    stop = None if last.is_open else _since(turns)
    ended = "" if stop is None else CANCELLED if last.state == CANCELLED else STOPPED
    pausing = Rules(rules.promises, rules.wholes, rules.pausing | {OF_THE_MODULE}, rules.schedule)
    return clocked(pausing, Life(turns, [], []), Run(measure, 1, start, stop, ended, last), kind, now)


def _since(turns: list[tuple[int, Standing]]) -> int:
    """Since when it has ended."""
    since = turns[-1][0]
    for second, standing in reversed(turns):
        if standing.is_open:
            break
        since = second
    return since
