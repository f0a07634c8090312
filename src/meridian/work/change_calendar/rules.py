"""How grave it is when a thing of some kind is touched: 0 to 4."""

from collections.abc import Mapping

KIND_WEIGHTS: Mapping[str, int] = {
    "service": 3,
    "site": 3,
    "facility": 3,
    "server": 2,
    "application": 2,
    "workstation": 1,
}
# What is tied to a critical process.
CRITICAL_WEIGHT = 4
