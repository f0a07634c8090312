"""Words of hand-over that other modules use."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

# Whoever has not accepted by then, their lead hears of it.
ACCEPT_WITHIN = timedelta(minutes=15)
# What falls due so soon goes along.
BREACHES_WITHIN = timedelta(hours=4)
# What was promised for the next hub's day goes along.
PROMISED_WITHIN = timedelta(hours=12)
URGENT_UNTIL = 2


class Why(models.TextChoices):
    """Why an item stands on a sheet without anybody having put it there."""

    URGENT = "urgent", _("critical or high")
    MAJOR = "major", _("major incident")
    BREACH = "breach", _("due within four hours")
    CALL_BACK = "call_back", _("promised for the next hours")
    ELSEWHERE = "elsewhere", _("given to another hub's desk")
    CHOSEN = "chosen", _("chosen by hand")


class InHands(NamedTuple):
    """In the hands of which hub an item is, since when, and whether another is asked to accept it."""

    hub: int
    since: datetime | None
    offered_to: int | None


class Gaps(NamedTuple):
    """How long offered items waited for acceptance: how many, the median and the longest, in minutes."""

    accepted: int
    median_minutes: float | None
    longest_minutes: float | None
