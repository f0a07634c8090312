"""What a module says of a figure so that it can be proved."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Added:
    """The rows that a figure was added from: all of them, whoever asks.

    `column` is the field or annotation that is added, under `label` and with as many `decimals`;
    without one each row counts one. `fields` are those of the resource that are shown, its
    columns unless said. What the reader may not see of `rows` is counted and not shown; it is in
    the figure unless `own` says that each reader's figure is of their own rows alone.
    """

    rows: models.QuerySet[Any]
    column: str = ""
    label: str = ""
    decimals: int = 0
    fields: tuple[str, ...] = ()
    own: bool = False

    @property
    def total(self) -> Decimal | int:
        """What all rows add up to."""
        rows = self.rows.order_by()
        return rows.aggregate(total=models.Sum(self.column))["total"] or 0 if self.column else rows.count()


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a cell of a published table, as the module that offers the table tells it."""

    added: Added
    how: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A figure recomputed just now: `figure` as it is printed, in `unit` with `decimals`.

    `how` says in a sentence how it follows from the sum of its rows, where it isn't that sum
    itself. `edition` is the edition of a rule that decided, `decided` the row whose writing made
    the figure hold, such as an adopted version; both are shown to whoever may see them.
    `moves` says that time alone changes the figure, so that no change of a row need be behind it.
    `further` are rows of other kinds from which it follows as well.
    """

    title: str
    figure: Decimal | int
    added: Added
    unit: str = ""
    decimals: int = 0
    how: str = ""
    edition: models.Model | None = None
    decided: models.Model | None = None
    moves: bool = False
    further: tuple[Added, ...] = ()
