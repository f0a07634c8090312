"""What is cut says so: the only way to show fewer rows than there are.

A `Cut` can't be walked by itself: a template walks `shown` and includes
`design/partials/cut.html`, which says how many there are; a house test holds it to that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meridian.engine.figures import number_text
from meridian.engine.values.together import Asking, asked

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cut(Generic[Item]):
    """The first rows of a list, and of how many they are the first."""

    shown: list[Item]
    of: int

    @property
    def is_cut(self) -> bool:
        return self.of > len(self.shown)

    @property
    def words(self) -> str:
        """Such as "200 of 833 are shown"."""
        return _("%(shown)s of %(total)s are shown.") % {
            "shown": number_text(len(self.shown)),
            "total": number_text(self.of),
        }


def first_rows(rows: QuerySet[Any], most: int) -> Asking[Cut[Any]]:
    """The same of a query, asked for together with what others ask: `found = yield from first_rows(…)`."""
    found = yield asked(rows[: most + 1])
    return Cut(found[:most], rows.order_by().count() if len(found) > most else len(found))


def cut(rows: "QuerySet[Any] | Iterable[Item]", most: int) -> Cut[Any]:
    """The first `most` rows; those of a query are counted only when there are more."""
    if isinstance(rows, QuerySet):
        found = list(rows[: most + 1])
        of = rows.order_by().count() if len(found) > most else len(found)
    else:
        found = list(rows)
        of = len(found)
    return Cut(found[:most], of)
