"""Keeping yearly budget lines."""

from meridian.engine.commands import standard_commands
from meridian.steering.budgets.models import YearlyLine

add_yearly_line, change_yearly_line, remove_yearly_line = standard_commands(YearlyLine)
