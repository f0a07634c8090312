"""Everybody may read working time; those in charge of calendars keep it."""

from meridian.engine.policies import Policy


class CalendarPolicy(Policy):
    everyone = frozenset({"view", "export"})
