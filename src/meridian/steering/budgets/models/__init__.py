"""The tables of budgets."""

from meridian.steering.budgets.models.yearly import Activity, Function, Fund, YearlyLine

__all__ = ["Activity", "Function", "Fund", "YearlyLine"]
