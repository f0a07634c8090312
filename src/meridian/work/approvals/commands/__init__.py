"""Every write of approvals."""

from meridian.work.approvals.commands.asking import ask_approval, reissue_step
from meridian.work.approvals.commands.deciding import decide
from meridian.work.approvals.commands.ending import void_if_changed, withdraw_approval
from meridian.work.approvals.commands.reminding import remind_step

__all__ = [
    "ask_approval",
    "decide",
    "reissue_step",
    "remind_step",
    "void_if_changed",
    "withdraw_approval",
]
