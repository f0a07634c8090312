"""Every write of the catalogue."""

from meridian.work.catalogue.commands.designing import (
    change_draft,
    draft_version,
    publish_version,
    remove_draft,
    withdraw_version,
)
from meridian.work.catalogue.commands.fulfilling import drop_task, finish_task
from meridian.work.catalogue.commands.ordering import cancel_order, place_order, put_in_basket, take_out

__all__ = [
    "cancel_order",
    "change_draft",
    "draft_version",
    "drop_task",
    "finish_task",
    "place_order",
    "publish_version",
    "put_in_basket",
    "remove_draft",
    "take_out",
    "withdraw_version",
]
