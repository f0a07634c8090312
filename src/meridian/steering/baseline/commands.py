"""Posting the published files of a folder into a book of their own."""

from pathlib import Path

from meridian.engine.policies import Actor
from meridian.engine.tables.catalogue import Dataset
from meridian.registers.ledger import facade as ledger
from meridian.registers.ledger.contracts import DimensionName
from meridian.steering.baseline.rules.drafts import draft_folder


def load_money(directory: Path, dataset: Dataset, actor: Actor) -> dict[str, int]:
    """Post every amount of the folder's files; the book bears the key of the data set.

    Raises `BadCell` for a cell that can't be taken in; nothing is posted then.
    """
    drafted = draft_folder(directory, ledger.names_of("fund"))
    if not drafted.drafts:
        return {}
    names = [DimensionName(axis, code, {"en": as_words(code)}) for axis, code in drafted.values]
    ledger.name_dimensions(actor=actor, names=names)
    book = ledger.open_book(actor=actor, code=dataset.key, name={"en": dataset.name}, kind="data_set")
    return {"postings": ledger.post_entries(actor=actor, book=book, drafts=drafted.drafts)}


def as_words(code: str) -> str:
    """`travel_of_staff` as people write it."""
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]
