"""The door of budgets for other modules."""

from meridian.steering.budgets.queries import budget_lines_of, yearly_budget_by_location_group

__all__ = ["budget_lines_of", "yearly_budget_by_location_group"]
