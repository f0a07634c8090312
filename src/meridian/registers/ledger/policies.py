"""The chart of the ledger is open to every account; entries are read and posted by those with the right."""

from meridian.engine.policies import Policy


class ChartPolicy(Policy):
    everyone = frozenset({"view", "export"})


class EntryPolicy(Policy):
    """Entries belong to no unit: only a right held everywhere counts."""
