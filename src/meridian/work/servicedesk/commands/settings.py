"""Keeping teams, categories, hold reasons and the priority matrix."""

from meridian.engine.commands import standard_commands
from meridian.work.servicedesk.models import Category, HoldReason, Membership, PriorityCell, Team

add_team, change_team, remove_team = standard_commands(Team)
add_membership, change_membership, remove_membership = standard_commands(Membership)
add_category, change_category, remove_category = standard_commands(Category)
add_hold_reason, change_hold_reason, remove_hold_reason = standard_commands(HoldReason)
add_priority_cell, change_priority_cell, remove_priority_cell = standard_commands(PriorityCell)
