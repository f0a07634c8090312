"""Every write of announcements."""

from meridian.work.announcements.commands.announcing import (
    add_announcement,
    announce_demo,
    change_announcement,
    publish_announcement,
    remove_announcement,
    withdraw_announcement,
)
from meridian.work.announcements.commands.spreading import acknowledge, remind_recipients, spread_further

__all__ = [
    "acknowledge",
    "add_announcement",
    "announce_demo",
    "change_announcement",
    "publish_announcement",
    "remind_recipients",
    "remove_announcement",
    "spread_further",
    "withdraw_announcement",
]
