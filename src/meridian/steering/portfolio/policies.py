"""Proposals are read, written and decided by whoever holds the right at their unit."""

from meridian.engine.policies import Policy


class UnitPolicy(Policy):
    unit = "unit__path"


class OfProposalPolicy(Policy):
    unit = "proposal__unit__path"


class OfOptionPolicy(Policy):
    unit = "option__proposal__unit__path"


class TiePolicy(Policy):
    unit = "one__unit__path"


class ListPolicy(Policy):
    """Periods and skills are no secret."""

    everyone = frozenset({"view", "export"})
