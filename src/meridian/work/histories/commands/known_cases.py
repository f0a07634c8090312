"""Cases that a log brought along before: which of their lines are here already, which are new."""

from collections import Counter

from meridian.kernel.event_logs.lines import Aside
from meridian.kernel.event_logs.spill import PARTS, Spill
from meridian.work.histories.models import Log, LoggedCase
from meridian.work.histories.rules.cases import EPOCH, MICROSECOND
from meridian.work.servicedesk.facade import WorkEvent

HERE = "The line is here already, with its case."
NEW = "The case is here already, without this line: what is written once is not folded again."

Said = tuple[str, int, str]


class KnownCases:
    """The items of the cases that a log has already, by old number; their lines are put aside."""

    def __init__(self, log: Log | None, spill: Spill) -> None:
        self._log, self._spill = log, spill
        self.items: dict[str, str] = {}
        if log is not None:
            for part in range(PARTS):
                self._put_aside(part)

    def _put_aside(self, part: int) -> None:
        steps = self._spill.steps(part)
        rows = LoggedCase.objects.filter(log=self._log, number__in={step.number for step in steps})
        found = dict(rows.values_list("number", "item__number"))
        if not found:
            return
        self.items |= found
        loaded = self._loaded(found)
        for step in steps:
            if step.number in found:
                said = step.number, step.at, step.source_state
                reason = HERE if loaded[said] > 0 else NEW
                loaded[said] -= 1
                self._spill.put_aside(
                    Aside(step.line, step.number, reason, f"{step.number} {step.source_state}")
                )

    def _loaded(self, found: dict[str, str]) -> Counter[Said]:
        """How often each case has an event of an instant and a state of the log."""
        events = WorkEvent.objects.filter(
            item__logged_case__log=self._log,
            item__logged_case__number__in=list(found),
            data__has_key="log_line",
        ).values_list("item__logged_case__number", "at", "data__source_state")
        return Counter((number, (at - EPOCH) // MICROSECOND, state) for number, at, state in events)
