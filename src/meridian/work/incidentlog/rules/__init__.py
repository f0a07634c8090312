"""Pure rules of the incident log: reading, replaying, counting."""

from meridian.work.incidentlog.rules.figures import Outcome, figures, has_bounced, printed
from meridian.work.incidentlog.rules.lines import LOG_FILE, NotTheLog, estimated_rows
from meridian.work.incidentlog.rules.reading import read_log, sort_out
from meridian.work.incidentlog.rules.replay import channel_of, happenings

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
