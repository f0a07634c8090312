"""Sums of postings, and the rows that an export walks."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Min, Q, QuerySet, Sum

from meridian.registers.ledger.contracts import AXES, Balance
from meridian.registers.ledger.models import Book, DimensionValue, Posting
from meridian.registers.ledger.rules import WrittenPosting

# Codes by axis; `ANY` is every code that there is on it.
Where = Mapping[str, Sequence[str]]
ANY: Sequence[str] = ("*",)


def postings(book: str, account: str, wheres: Sequence[Where]) -> QuerySet[Posting]:
    """The postings of a book on an account and everything below it that meet one of `wheres`, whoever asks.

    Each has its amount in whole units as `usd`.
    """
    condition = Q(pk__in=())
    for where in wheres:
        condition |= Q(*(_on_axis(axis, codes) for axis, codes in where.items()))
    hundredth = ExpressionWrapper(
        F("amount_smallest_units") * Decimal("0.01"), DecimalField(max_digits=18, decimal_places=2)
    )
    return _below(account).filter(condition, entry__book__code=book).annotate(usd=hundredth)


def _on_axis(axis: str, codes: Sequence[str]) -> Q:
    if codes is ANY:
        return Q(**{f"coding__{axis}__isnull": False})
    return Q(**{f"coding__{axis}__code__in": codes})


def balances(
    book: str, account: str, by: Sequence[str], where: Mapping[str, str] | None = None
) -> list[Balance]:
    """Sums of the postings of a book on an account and everything below it, by the axes `by`.

    `where` narrows by axis and code. A sum of nothing but zeros counts too. The order is that in
    which the combinations were first posted, so that a table keeps the order of its data.
    """
    fields = [f"coding__{axis}__code" for axis in by]
    narrowed = {f"coding__{axis}__code": code for axis, code in (where or {}).items()}
    found = _below(account).filter(entry__book__code=book, **narrowed).order_by()
    if not fields:
        total = found.aggregate(total=Sum("amount_smallest_units"))["total"]
        return [Balance((), int(total))] if total else []
    summed = found.values_list(*fields).annotate(total=Sum("amount_smallest_units"), first=Min("pk"))
    return [
        Balance(tuple(key or "" for key in keys), int(total))
        for *keys, total, _first in summed.order_by("first")
    ]


def _below(account: str) -> QuerySet[Posting]:
    return Posting.objects.filter(Q(account__code=account) | Q(account__code__startswith=f"{account}:"))


def has_book(code: str) -> bool:
    return Book.objects.filter(code=code).exists()


def book_of(code: str) -> Book:
    """The book with that code; `Book.DoesNotExist` when there is none."""
    return Book.objects.get(code=code)


def names_of(axis: str) -> dict[str, str]:
    """The code and the name of every value of an axis, in the reader's language."""
    return {
        code: str(name) for code, name in DimensionValue.objects.filter(axis=axis).values_list("code", "name")
    }


def book_codes() -> list[str]:
    """The codes of all books."""
    return list(Book.objects.order_by("code").values_list("code", flat=True))


# What a written posting says, by the column that holds it.
FACTS = {
    "entry": "entry_id",
    "on": "entry__on",
    "description": "entry__description",
    "reverses": "entry__reverses_id",
    "account": "account__code",
    "kind": "account__kind",
    "unit": "unit__code",
    "decimals": "unit__decimals",
    "amount": "amount_smallest_units",
}


def written_postings(books: Sequence[str]) -> Iterator[WrittenPosting]:
    """Every posting of some books, entry by entry in order of their days."""
    axes = [f"coding__{axis}__code" for axis in AXES]
    rows = Posting.objects.filter(entry__book__code__in=books).order_by("entry__on", "entry_id", "pk")
    for row in rows.values_list(*FACTS.values(), *axes).iterator(chunk_size=5_000):
        codes = zip(AXES, row[len(FACTS) :], strict=True)
        yield WrittenPosting(
            **dict(zip(FACTS, row, strict=False)), dimensions={axis: code for axis, code in codes if code}
        )
