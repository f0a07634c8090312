"""Entries and their postings: written once, corrected only by reversal."""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text, number_text
from meridian.engine.records import AppendedRecord
from meridian.registers.ledger.models.chart import Account, Book, Coding, LedgerUnit


class Entry(AppendedRecord):
    """What happened on a day. Its postings sum to zero in every unit.

    `source` tells what it came from, by a key of the caller. `posted_in` is the number of the
    transaction that wrote it, which alone may write its postings.
    """

    book = models.ForeignKey(Book, models.PROTECT, verbose_name=_("book"), related_name="entries")
    on = models.DateField(_("day"))
    description = models.CharField(_("description"), max_length=300)
    source = models.CharField(_("source"), max_length=120, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("reverses"), related_name="reversal"
    )
    posted_in = models.BigIntegerField(
        editable=False, db_default=RawSQL("(pg_current_xact_id()::text)::bigint", ())
    )

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = (
            models.Index(fields=("book", "on"), name="ledger_entry_book_on"),
            models.Index(fields=("source",), name="ledger_entry_source", condition=~Q(source="")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("pk")),
                name="ledger_entry_not_own_reversal",
            ),
        )

    def __str__(self) -> str:
        return f"{day_text(self.on)} · {self.description}"


class Posting(AppendedRecord):
    """An amount on an account, in smallest units; a debit is above zero.

    Entries and codings are never removed, so the trigger that checks the balance checks once a
    statement that they exist, where a foreign key would look once a row.
    """

    entry = models.ForeignKey(
        Entry, models.PROTECT, verbose_name=_("ledger entry"), related_name="postings", db_constraint=False
    )
    account = models.ForeignKey(
        Account, models.PROTECT, verbose_name=_("ledger account"), related_name="postings", db_index=False
    )
    unit = models.ForeignKey(
        LedgerUnit, models.PROTECT, verbose_name=_("ledger unit"), related_name="+", db_index=False
    )
    coding = models.ForeignKey(
        Coding,
        models.PROTECT,
        verbose_name=_("coding"),
        related_name="postings",
        db_index=False,
        db_constraint=False,
    )
    amount_smallest_units = models.BigIntegerField(_("amount in smallest units"))

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = (models.Index(fields=("account", "coding"), name="posting_account_coding"),)

    def __str__(self) -> str:
        return f"{self.account} {number_text(self.amount_smallest_units)} {self.unit}"
