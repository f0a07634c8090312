"""Everybody may look the organisation up; a unit is kept by those in charge of it."""

from meridian.engine.policies import Policy


class UnitPolicy(Policy):
    unit = "path"
    everyone = frozenset({"view", "export"})

    def place(self) -> str:
        """A unit lies where its parent puts it."""
        return "parent"
