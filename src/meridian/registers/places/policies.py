"""Everybody may look a place up; those in charge of the register keep it."""

from meridian.engine.policies import Policy


class PlacePolicy(Policy):
    everyone = frozenset({"view", "export"})
