"""Reads of budgets."""

from meridian.steering.budgets.queries.groups import yearly_budget_by_location_group

__all__ = ["yearly_budget_by_location_group"]
