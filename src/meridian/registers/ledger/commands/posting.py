"""Posting and reversing entries, one at a time or by the hundred thousand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg import sql

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, command
from meridian.engine.policies import Actor
from meridian.registers.ledger.commands.lookups import Lookups
from meridian.registers.ledger.contracts import Draft, Leg
from meridian.registers.ledger.models import Book, Entry, Posting

ENTRY_COLUMNS = ("id", "book_id", "on", "description", "source")
POSTING_COLUMNS = ("entry_id", "account_id", "unit_id", "coding_id", "amount_smallest_units")


@command("ledger.entry.post", on=Entry, title=gettext_lazy("post"))
def post_entry(*, actor: Actor, book: Book, draft: Draft) -> Entry:
    """Post one entry. Refuses an unbalanced one, an unknown code and a closed period, naming the place."""
    refuse_unbalanced(draft)
    refuse_closed(book, [draft.on])
    rows = Lookups([draft]).postings(draft)
    entry = Entry(book=book, on=draft.on, description=draft.description, source=draft.source)
    entry.save()
    Posting.objects.bulk_create(
        Posting(entry=entry, **dict(zip(POSTING_COLUMNS[1:], row, strict=True))) for row in rows
    )
    return entry


@command("ledger.entry.load", on=Entry)
def post_entries(*, actor: Actor, book: Book, drafts: Sequence[Draft]) -> int:
    """Post many entries by COPY, all of them or none; returns how many postings went in."""
    for draft in drafts:
        refuse_unbalanced(draft)
    refuse_closed(book, {draft.on for draft in drafts})
    lookups = Lookups(drafts)
    with trail.bulk_load("ledger.entry.load", actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) FROM generate_series(1, %s)",
            [len(drafts)],
        )
        keys = [key for (key,) in cursor.fetchall()]
        with cursor.copy(_copy_statement(Entry, ENTRY_COLUMNS)) as copy:
            for key, draft in zip(keys, drafts, strict=True):
                copy.write_row((key, book.pk, draft.on, draft.description, draft.source))
        count = 0
        with cursor.copy(_copy_statement(Posting, POSTING_COLUMNS)) as copy:
            for key, draft in zip(keys, drafts, strict=True):
                for row in lookups.postings(draft):
                    copy.write_row((key, *row))
                    count += 1
    return count


@command("ledger.entry.reverse", on=Entry, target="row", title=gettext_lazy("post with the signs turned"))
def reverse_entry(*, actor: Actor, row: Entry, on: date, reason: str = "") -> Entry:
    """Post the same entry with every sign turned, on a day of an open period; once only."""
    if Entry.objects.filter(reverses=row).exists():
        raise Refusal(gettext_lazy("This entry is reversed already."))
    refuse_closed(row.book, [on])
    entry = Entry(
        book=row.book,
        on=on,
        description=reason or _("Reversal: %(description)s") % {"description": row.description},
        source=row.source,
        reverses=row,
    )
    entry.description = entry.description[:300]
    entry.save()
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account_id=posting.account_id,
            unit_id=posting.unit_id,
            coding_id=posting.coding_id,
            amount_smallest_units=-posting.amount_smallest_units,
        )
        for posting in row.postings.order_by("pk")
    )
    return entry


def refuse_unbalanced(draft: Draft) -> None:
    """Raise `Refusal` with the remaining amount when the legs do not sum to zero in a unit."""
    if not draft.legs:
        raise Refusal(_("The entry “%(entry)s” has no postings.") % {"entry": draft.description})
    sums: dict[str, int] = defaultdict(int)
    for leg in draft.legs:
        sums[leg.unit] += leg.amount
    for unit, rest in sums.items():
        if rest:
            raise Refusal(
                _(
                    "The entry “%(entry)s” is not balanced: %(rest)s of the smallest unit of %(unit)s"
                    " remain (%(places)s). Nothing was posted."
                )
                % {"entry": draft.description, "rest": rest, "unit": unit, "places": _places(draft.legs)}
            )


def refuse_closed(book: Book, days: Iterable[date]) -> None:
    """Raise `Refusal` when one of the days lies in a closed period of the book."""
    closed = list(book.periods.filter(closed_at__isnull=False).values_list("label", "starts_on", "ends_on"))
    for day in days:
        for label, starts_on, ends_on in closed:
            if starts_on <= day < ends_on:
                raise Refusal(
                    _("The period %(label)s is closed; date the entry of %(day)s in an open one.")
                    % {"label": label, "day": day},
                    "on",
                )


def _places(legs: Sequence[Leg]) -> str:
    return ", ".join(leg.place or leg.account for leg in legs[:4])


def _copy_statement(model: type[Model], columns: Sequence[str]) -> sql.Composed:
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
