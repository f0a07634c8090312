"""Budget lines and proposals are kept and read by whoever holds the right at the unit."""

from meridian.engine.policies import Policy


class LinePolicy(Policy):
    unit = "unit__path"


class VersionPolicy(Policy):
    """Versions are seen by every account, and kept by those with a right held everywhere."""

    everyone = frozenset({"view", "export"})


class FundingProposalPolicy(Policy):
    unit = "unit__path"
