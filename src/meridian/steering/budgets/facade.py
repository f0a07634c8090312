"""The door of budgets for other modules."""

from meridian.steering.budgets.queries import yearly_budget_by_location_group

__all__ = ["yearly_budget_by_location_group"]
