"""Which clocks an item has had: from when until when each ran, whatever was promised.

The requester's clocks see the whole item; those between teams one stay of the item in one team.
"""

from collections.abc import Iterator
from typing import NamedTuple

from meridian.work.service_levels.rules.life import CANCELLED, Life, Standing

RESPONSE, UPDATE, RESOLVE, FULFIL, HAND_OVER = "response", "update", "resolve", "fulfil", "hand_over"
STOPPED, MERGED = "stopped", "merged"


class Run(NamedTuple):
    """A clock of a measure that began at `start`; `stop` None while it lasts, then `ended` says how:
    stopped, cancelled or merged. `cycle` counts those of one measure from 1."""

    measure: str
    cycle: int
    start: int
    stop: int | None
    ended: str
    standing: Standing


class Stay(NamedTuple):
    """From when until when an item was open in one state of things; `ended` as in `Run`."""

    start: int
    stop: int | None
    ended: str
    standing: Standing


def main_measure(standing: Standing) -> str:
    """What the promise to the requester is: that an incident is resolved, or a request fulfilled."""
    return RESOLVE if standing.kind == "incident" else FULFIL


def main_run(life: Life) -> Run:
    """The clock by which the item is due. One that is taken up again goes on where it stood."""
    stop, ended = _end(life)
    return Run(main_measure(life.last), 1, life.start, stop, ended, life.last)


def runs_for_requester(life: Life) -> Iterator[Run]:
    """The clocks of what was promised to the requester."""
    main = main_run(life)
    yield main
    yield _response(life, main)
    yield from _updates(life)


def runs_of_teams(life: Life) -> Iterator[Run]:
    """The clocks of what teams promise one another: those of each stay of the item in a team."""
    for cycle, stay in enumerate(stays(life), start=1):
        yield Run(main_measure(stay.standing), cycle, stay.start, stay.stop, stay.ended, stay.standing)
        heard = _first(life.responses, stay)
        yield _until(RESPONSE, cycle, stay, heard)
        yield _until(HAND_OVER, cycle, stay, _accepted(life, stay))


def stays(life: Life) -> Iterator[Stay]:
    """Each time that the item was with a team, until it left or its work ended for good."""
    end, ended = _end(life)
    began: tuple[int, Standing] | None = None
    for second, standing in life.turns:
        if end is not None and second >= end:
            break
        if began is not None and standing.team != began[1].team:
            yield Stay(began[0], second, STOPPED, began[1])
            began = None
        if standing.team is not None:
            began = (began[0] if began else second, standing)
    if began is not None and (end is None or began[0] < end):
        yield Stay(began[0], end, ended, began[1])


def _end(life: Life) -> tuple[int | None, str]:
    """When the work ended that did not go on since, and how."""
    last = life.last
    if last.is_open:
        return None, ""
    end = life.turns[-1][0]
    for second, standing in reversed(life.turns):
        if standing.is_open:
            break
        end = second
    ended = CANCELLED if last.state == CANCELLED else MERGED if last.is_merged else STOPPED
    return end, ended


def _response(life: Life, main: Run) -> Run:
    heard = min(life.responses, default=None)
    if heard is not None:
        return main._replace(measure=RESPONSE, stop=max(heard, life.start), ended=STOPPED)
    return main._replace(measure=RESPONSE)


def _updates(life: Life) -> Iterator[Run]:
    """From one word of the desk to the next, as long as the item is open."""
    cycle = 0
    for span in _open_spans(life):
        start = span.start
        for answer in sorted(life.answers):
            if start < answer and (span.stop is None or answer < span.stop):
                cycle += 1
                yield Run(UPDATE, cycle, start, answer, STOPPED, span.standing)
                start = answer
        cycle += 1
        yield Run(UPDATE, cycle, start, span.stop, span.ended, span.standing)


def _open_spans(life: Life) -> Iterator[Stay]:
    began: tuple[int, Standing] | None = None
    for second, standing in life.turns:
        if standing.is_open:
            began = (began[0] if began else second, standing)
        elif began is not None:
            ended = CANCELLED if standing.state == CANCELLED else MERGED if standing.is_merged else STOPPED
            yield Stay(began[0], second, ended, began[1])
            began = None
    if began is not None:
        yield Stay(began[0], None, "", began[1])


def _first(seconds: list[int], stay: Stay) -> int | None:
    inside = (at for at in seconds if at >= stay.start and (stay.stop is None or at <= stay.stop))
    return min(inside, default=None)


def _accepted(life: Life, stay: Stay) -> int | None:
    """When somebody of the team took the item, or began with it."""
    for second, standing in life.turns:
        inside = second >= stay.start and (stay.stop is None or second < stay.stop)
        if inside and (standing.assignee is not None or standing.state == "in_progress"):
            return second
    return None


def _until(measure: str, cycle: int, stay: Stay, second: int | None) -> Run:
    stop, ended = (stay.stop, stay.ended) if second is None else (second, STOPPED)
    return Run(measure, cycle, stay.start, stop, ended, stay.standing)
