"""Pure rules of logs: reading, replaying, counting; first those of the public incident log."""

from meridian.kernel.event_logs.faults import NotTheLog
from meridian.work.histories.rules.figures import Outcome, figures, has_bounced, printed
from meridian.work.histories.rules.lines import LOG_FILE, estimated_rows
from meridian.work.histories.rules.reading import read_log, sort_out
from meridian.work.histories.rules.replay import channel_of, happenings

__all__ = [
    "LOG_FILE",
    "NotTheLog",
    "Outcome",
    "channel_of",
    "estimated_rows",
    "figures",
    "happenings",
    "has_bounced",
    "printed",
    "read_log",
    "sort_out",
]
