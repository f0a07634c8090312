"""Every write to surveys."""

from meridian.work.surveys.commands.answering import answer
from meridian.work.surveys.commands.campaigns import close_campaign, open_campaign
from meridian.work.surveys.commands.demo import load
from meridian.work.surveys.commands.inviting import invite, mark_sent

__all__ = ["answer", "close_campaign", "invite", "load", "mark_sent", "open_campaign"]
