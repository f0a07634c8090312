"""A book as text for Beancount, the plain-text accounting program, which checks and balances it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

REFUSED_IN_WORDS = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True, slots=True)
class WrittenPosting:
    """A posting as an export needs it.

    `kind` is that of the account; `dimensions` holds the axes that have a value; `amount`
    counts smallest units, of which the unit has `decimals` decimals.
    """

    entry: int
    on: date
    description: str
    reverses: int | None
    account: str
    kind: str
    unit: str
    decimals: int
    amount: int
    dimensions: dict[str, str]


def beancount_lines(postings: Iterable[WrittenPosting], title: str) -> Iterator[str]:
    """The file line by line; postings come entry by entry in order of their days."""
    yield f'option "title" "{_quoted(title)}"'
    opened: set[str] = set()
    for (entry, on), found in groupby(postings, key=lambda posting: (posting.entry, posting.on)):
        legs = list(found)
        yield ""
        for leg in legs:
            name = account_name(leg.kind, leg.account)
            if name not in opened:
                opened.add(name)
                yield f"1900-01-01 open {name}"
        yield f'{on} * "{_quoted(legs[0].description)}"'
        yield f"  entry: {entry}"
        if legs[0].reverses:
            yield f"  reverses: {legs[0].reverses}"
        for leg in legs:
            amount = Decimal(leg.amount).scaleb(-leg.decimals)
            yield f"  {account_name(leg.kind, leg.account)}  {amount:f} {leg.unit}"
            for axis, code in leg.dimensions.items():
                yield f'    {axis}: "{_quoted(code)}"'


def account_name(kind: str, code: str) -> str:
    """`Expenses:Budget:Estimates` for an account of expenses with the code `budget:estimates`."""
    words = [REFUSED_IN_WORDS.sub("-", word) for word in code.split(":")]
    return ":".join([kind.capitalize(), *(word[:1].upper() + word[1:] for word in words)])


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
