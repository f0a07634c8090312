"""Every write of budgets."""

from meridian.steering.budgets.commands.lines import (
    LineChange,
    add_line,
    change_line,
    change_lines,
    fault_of,
    paste_lines,
    remove_line,
)
from meridian.steering.budgets.commands.proposals import (
    add_proposal,
    change_proposal,
    decide_proposal,
    remove_proposal,
    review_proposal,
    submit_proposal,
)
from meridian.steering.budgets.commands.versions import (
    add_version,
    adopt_version,
    carry_version,
    record_expenditure,
    recost_version,
    remove_version,
)

__all__ = [
    "LineChange",
    "add_line",
    "add_proposal",
    "add_version",
    "adopt_version",
    "carry_version",
    "change_line",
    "change_lines",
    "change_proposal",
    "decide_proposal",
    "fault_of",
    "paste_lines",
    "record_expenditure",
    "recost_version",
    "remove_line",
    "remove_proposal",
    "remove_version",
    "review_proposal",
    "submit_proposal",
]
