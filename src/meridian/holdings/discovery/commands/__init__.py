"""Every write of discovery."""

from meridian.holdings.discovery.commands.deciding import block, lock, merge, release, separate, unblock, undo
from meridian.holdings.discovery.commands.taking_in import Body, take_in

__all__ = ["Body", "block", "lock", "merge", "release", "separate", "take_in", "unblock", "undo"]
