"""Pure rules of the incident log: reading, replaying, counting."""

from meridian.work.incidentlog.rules.figures import Outcome, figures, has_bounced
from meridian.work.incidentlog.rules.reading import LOG_FILE, NotTheLog, read_log, sort_out
from meridian.work.incidentlog.rules.replay import channel_of, happenings

__all__ = [
    "LOG_FILE",
    "NotTheLog",
    "Outcome",
    "channel_of",
    "figures",
    "happenings",
    "has_bounced",
    "read_log",
    "sort_out",
]
