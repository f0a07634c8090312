"""Every write of budgets."""

from meridian.steering.budgets.commands.baseline import load_money
from meridian.steering.budgets.commands.yearly import (
    add_yearly_line,
    change_yearly_line,
    remove_yearly_line,
)

__all__ = ["add_yearly_line", "change_yearly_line", "load_money", "remove_yearly_line"]
