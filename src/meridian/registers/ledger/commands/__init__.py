"""Every write of the ledger."""

from meridian.registers.ledger.commands.chart import (
    add_account,
    add_period,
    add_unit,
    change_account,
    change_unit,
    close_period,
    name_dimensions,
    open_book,
    remove_account,
    remove_period,
    remove_unit,
)
from meridian.registers.ledger.commands.posting import post_entries, post_entry, reverse_entry

__all__ = [
    "add_account",
    "add_period",
    "add_unit",
    "change_account",
    "change_unit",
    "close_period",
    "name_dimensions",
    "open_book",
    "post_entries",
    "post_entry",
    "remove_account",
    "remove_period",
    "remove_unit",
    "reverse_entry",
]
