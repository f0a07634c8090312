"""The door of centres: a contact centre, what it is played for, and what is estimated from it."""

from meridian.solvers.centres.estimates import Share, corrected, share
from meridian.solvers.centres.ledger import FAMILIES, FIRST_SUM, STATES
from meridian.solvers.centres.model import SECONDS_PER_HOUR, AgentGroup, Centre, ContactClass, tables
from meridian.solvers.centres.simulate import Played, Span, play
from meridian.solvers.centres.state import (
    ABANDONED,
    ANSWERED,
    BLOCKED,
    CALLED_BACK,
    HANDED,
    MEASURES,
    OFFERED,
    WAIT_SECONDS,
    WITHIN,
)

__all__ = [
    "ABANDONED",
    "ANSWERED",
    "BLOCKED",
    "CALLED_BACK",
    "FAMILIES",
    "FIRST_SUM",
    "HANDED",
    "MEASURES",
    "OFFERED",
    "SECONDS_PER_HOUR",
    "STATES",
    "WAIT_SECONDS",
    "WITHIN",
    "AgentGroup",
    "Centre",
    "ContactClass",
    "Played",
    "Share",
    "Span",
    "corrected",
    "play",
    "share",
    "tables",
]
