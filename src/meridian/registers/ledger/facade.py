"""The door of the ledger for other modules."""

from meridian.registers.ledger.commands import (
    name_dimensions,
    open_book,
    post_entries,
    post_entry,
    reverse_entry,
)
from meridian.registers.ledger.queries import ANY, Where, balances, book_of, has_book, names_of, postings

__all__ = [
    "ANY",
    "Where",
    "balances",
    "book_of",
    "has_book",
    "name_dimensions",
    "names_of",
    "open_book",
    "post_entries",
    "post_entry",
    "postings",
    "reverse_entry",
]
