"""The door of statistics for other modules."""

from meridian.insight.statistics.queries import statistics

__all__ = ["statistics"]
