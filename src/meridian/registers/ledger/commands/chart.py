"""Keeping the chart: books, units, accounts and the values of the axes."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Untimely, Warned, clean_row, command, standard_commands
from meridian.engine.policies import Actor
from meridian.registers.ledger.contracts import DimensionName
from meridian.registers.ledger.models import Account, Book, DimensionValue, LedgerUnit, Period

add_unit, change_unit, remove_unit = standard_commands(LedgerUnit)
add_account, change_account, remove_account = standard_commands(Account)


@command("ledger.period.add", on=Period)
def add_period(*, actor: Actor, **fields: object) -> Period:
    """Add a period to a book; it may not share a day with another one of the book."""
    period = Period(**fields)
    clean_row(period)
    shared = Period.objects.filter(
        book=period.book, starts_on__lt=period.ends_on, ends_on__gt=period.starts_on
    ).first()
    if shared:
        raise Refusal(
            _("The book already has the period %(label)s with some of these days.") % {"label": shared.label},
            "starts_on",
        )
    period.save()
    return period


def _warn_of_closing(rows: list[Period], _given: object) -> Warned:
    label = rows[0].label
    return Warned(
        title=_("Close the period %(label)s?") % {"label": label},
        does=(_("Nothing dated in it can be posted any more, to any account of its book."),),
        lost=_("A closed period stays closed."),
        button=_("Close for good"),
        done=_("%(label)s is closed. What still belongs to it is posted in the next period.")
        % {"label": label},
    )


@command("ledger.period.close", on=Period, target="row", warns=_warn_of_closing)
def close_period(*, actor: Actor, row: Period) -> Period:
    """Close a period for good: nothing dated in it can be posted any more."""
    if row.closed_at:
        raise Untimely(_("The period %(label)s is closed already.") % {"label": row.label})
    # Entries hold this lock until they are written or given up.
    Book.objects.select_for_update().get(pk=row.book_id)
    row.closed_at = timezone.now()
    row.save()
    return row


@command("ledger.period.remove", on=Period, target="row")
def remove_period(*, actor: Actor, row: Period) -> None:
    """Remove a period that is still open."""
    if row.closed_at:
        raise Refusal(_("A closed period stays: entries rely on it."))
    row.delete()


@command("ledger.book.open", on=Book, title=_("open a book"))
def open_book(*, actor: Actor, code: str, name: dict[str, str], kind: str) -> Book:
    """The book with that code, made when there is none."""
    found = Book.objects.filter(code=code).first()
    if found:
        return found
    book = Book(code=code, name=name, kind=kind)
    clean_row(book)
    book.save()
    return book


@command("ledger.dimensionvalue.name", on=DimensionValue, title=_("name values of an axis"))
def name_dimensions(*, actor: Actor, names: Iterable[DimensionName]) -> int:
    """Make sure of the values on their axes; those that exist keep their name. Returns how many are new."""
    known = set(DimensionValue.objects.values_list("axis", "code"))
    wanted = {(name.axis, name.code): name for name in names}
    rows = [
        DimensionValue(axis=name.axis, code=name.code, name=name.name)
        for key, name in wanted.items()
        if key not in known
    ]
    for row in rows:
        clean_row(row)
    DimensionValue.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
