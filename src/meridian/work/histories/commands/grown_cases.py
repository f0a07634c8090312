"""Cases that a log has already and that a file tells more of: their new lines are folded in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import orjson

from meridian.engine.audit import trail
from meridian.engine.policies import Actor
from meridian.engine.records.together import write_together
from meridian.kernel.event_logs.lines import Aside, Step
from meridian.kernel.event_logs.spill import PARTS, Spill
from meridian.work.histories.commands.cases import COMMAND, LONGEST_REQUESTER, kept_lines
from meridian.work.histories.commands.referents import Referents
from meridian.work.histories.models import Log, LoggedCase
from meridian.work.histories.rules.cases import EPOCH, LOG_LINE, Known, Life, in_cases, life_of
from meridian.work.histories.rules.merging import Merged, merged
from meridian.work.items.facade import Continued
from meridian.work.servicedesk.contracts import ItemHistory
from meridian.work.servicedesk.facade import continue_history

HERE = "The line is here already, with its case."
CHANGED = (
    *("requester", "events", "first_at", "last_at", "hours", "changes_country", "bounces_country"),
    *("stays_in_one_line", "waited", "lines"),
)


@dataclass(slots=True)
class Grown:
    """What became of the cases that were here: all their numbers, and how many of them tell more now."""

    numbers: set[str] = field(default_factory=set)
    count: int = 0


def grow(actor: Actor, log: Log, spill: Spill, known: Known, referents: Referents) -> Grown:
    """Fold what a file says anew of the cases of a log, and put aside what is here already."""
    grown = Grown()
    for part in range(PARTS):
        told = {steps[0].number: steps for steps in in_cases(spill.steps(part))}
        rows = LoggedCase.objects.filter(log=log, number__in=list(told))
        cases = {case.number: case for case in rows}
        grown.numbers |= cases.keys()
        lines = {number: merged(held_lines(case), told[number]) for number, case in cases.items()}
        for aside in _told_before(lines):
            spill.put_aside(aside)
        changed = {number: own for number, own in lines.items() if any(row.is_new for row in own)}
        if changed:
            grown.count += len(changed)
            _write(actor, log, cases, changed, known, referents)
    return grown


def held_lines(case: LoggedCase) -> list[Step]:
    """The lines of a case that are here, in order."""
    return [Step(case.number, *values) for values in orjson.loads(case.lines)]


def _told_before(lines: Mapping[str, Sequence[Merged]]) -> Iterator[Aside]:
    for number, own in lines.items():
        for row in own:
            if not row.is_new and row.told_in is not None:
                yield Aside(row.told_in, number, HERE, f"{number} {row.step.source_state}")


def _write(
    actor: Actor,
    log: Log,
    cases: Mapping[str, LoggedCase],
    changed: Mapping[str, Sequence[Merged]],
    known: Known,
    referents: Referents,
) -> None:
    known = _with_words_of(changed, log, known, referents)
    continued, rows = [], []
    for number, own in changed.items():
        case = cases[number]
        steps = [row.step for row in own]
        life = life_of(steps, known)
        history = ItemHistory(requester=life.requester, events=life.events, channel="other")
        continued.append(Continued(case.item_id, history, [row.is_new for row in own]))
        _carry_over(case, life, steps, known)
        rows.append(case)
    continue_history(actor=actor, continued=continued, key=LOG_LINE)
    with trail.bulk_load(COMMAND, actor):
        write_together(rows, CHANGED)


def _with_words_of(
    changed: Mapping[str, Sequence[Merged]], log: Log, known: Known, referents: Referents
) -> Known:
    """What is known, with the groups and people whom only lines of earlier files name."""
    steps = [row.step for own in changed.values() for row in own if not row.is_new]
    groups = {step.group for step in steps if step.group is not None} - known.teams.keys()
    words = {said.lower() for step in steps for said in (step.owner, step.requester) if said and "@" in said}
    return replace(
        known,
        teams={**known.teams, **referents.groups_of(log.pk, groups)},
        people={**known.people, **referents.people_at(words - known.people.keys())},
    )


def _carry_over(case: LoggedCase, life: Life, steps: Sequence[Step], known: Known) -> None:
    """How the case flowed, over all its lines."""
    traits = life.traits
    case.requester, case.events = life.requester_words[:LONGEST_REQUESTER], traits.events
    case.first_at = EPOCH + timedelta(microseconds=traits.first_at)
    case.last_at = EPOCH + timedelta(microseconds=traits.last_at)
    case.hours = traits.hours
    if known.names_country or case.changes_country is not None:
        case.changes_country, case.bounces_country = traits.changes_country, traits.bounces_country
    if known.names_line or case.stays_in_one_line is not None:
        case.stays_in_one_line = traits.stays_in_one_line
    case.waited, case.lines = traits.waited, kept_lines(steps)
