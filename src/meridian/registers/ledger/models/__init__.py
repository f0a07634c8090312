"""The tables of the ledger."""

from meridian.registers.ledger.models.chart import Account, Book, Coding, DimensionValue, LedgerUnit, Period
from meridian.registers.ledger.models.entries import Entry, Posting

__all__ = [
    "Account",
    "Book",
    "Coding",
    "DimensionValue",
    "Entry",
    "LedgerUnit",
    "Period",
    "Posting",
]
