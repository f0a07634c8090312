"""Every write to posts, roles and norms."""

from meridian.steering.staffing.commands.loading import load_establishment
from meridian.steering.staffing.commands.posts import (
    act_on_post,
    change_post,
    establish_post,
    remove_post,
    withdraw_action,
)
from meridian.steering.staffing.commands.registers import (
    confirm_title,
)

__all__ = [
    "act_on_post",
    "change_post",
    "confirm_title",
    "establish_post",
    "load_establishment",
    "remove_post",
    "withdraw_action",
]
