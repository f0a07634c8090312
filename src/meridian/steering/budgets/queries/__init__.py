"""Reads of budgets."""

from meridian.steering.budgets.queries.groups import budget_lines_of, yearly_budget_by_location_group

__all__ = ["budget_lines_of", "yearly_budget_by_location_group"]
