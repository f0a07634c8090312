"""What postings refer to: books, units, accounts, dimensions and periods."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField
from meridian.registers.ledger.contracts import AXES


class Book(Record):
    """A set of entries that are summed together: actual figures, a budget, a data set."""

    class Kind(models.TextChoices):
        ACTUAL = "actual", _("Actual figures")
        BUDGET = "budget", _("Budget")
        DATA_SET = "data_set", _("Data set")

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")

    def __str__(self) -> str:
        return str(self.name)


class LedgerUnit(Record):
    """A unit in which postings count: a currency, a litre at 15 °C, a post.

    `decimals` tells how many of its decimals the smallest unit has: 2 where cents are counted.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = TranslatedField(_("name"))
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)

    class Meta:
        verbose_name = _("ledger unit")
        verbose_name_plural = _("ledger units")
        constraints = (
            models.CheckConstraint(
                condition=Q(decimals__lte=9),
                name="ledger_unit_decimals",
                violation_error_message=_("A unit has at most nine decimals."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z][A-Z0-9'._-]*[A-Z0-9]$"),
                name="ledger_unit_code",
                violation_error_message=_("Write the code in capital letters and digits, like USD."),
            ),
        )

    def __str__(self) -> str:
        return self.code


class Account(Record):
    """An account; its code is a path of words parted by colons, such as `expenses:travel`."""

    class Kind(models.TextChoices):
        ASSETS = "assets", _("Assets")
        LIABILITIES = "liabilities", _("Liabilities")
        EQUITY = "equity", _("Equity")
        INCOME = "income", _("Income")
        EXPENSES = "expenses", _("Expenses")

    code = models.CharField(_("code"), max_length=120, unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("ledger account")
        verbose_name_plural = _("ledger accounts")
        constraints = (
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)*$"),
                name="ledger_account_code",
                violation_error_message=_(
                    "Write the code in small letters, digits and hyphens, parted by colons: expenses:travel."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class DimensionValue(Record):
    """A fund, an object of expenditure, an entity: a value on one of the axes of the ledger."""

    class Axis(models.TextChoices):
        FUND = "fund", _("Fund")
        OBJECT = "object", _("Object of expenditure")
        ENTITY = "entity", _("Entity")
        PROJECT = "project", _("Project")
        COMPONENT = "component", _("Component")
        PERIOD = "period", _("Period")
        STAGE = "stage", _("Stage")
        CATEGORY = "category", _("Category")

    axis = models.CharField(_("axis"), max_length=10, choices=Axis)
    code = models.CharField(_("code"), max_length=80)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("dimension value")
        verbose_name_plural = _("dimension values")
        constraints = (
            models.UniqueConstraint(
                fields=("axis", "code"),
                name="dimension_value_once",
                violation_error_message=_("This axis already has a value with that code."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


def _axis(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        DimensionValue, models.PROTECT, null=True, blank=True, verbose_name=label, related_name="+"
    )


class Coding(AppendedRecord):
    """A combination of values, one on each axis at most; each combination exists once.

    That a value lies on the axis of its column is checked by a trigger.
    """

    fund = _axis(_("fund"))
    object = _axis(_("object of expenditure"))
    entity = _axis(_("entity"))
    project = _axis(_("project"))
    component = _axis(_("component"))
    period = _axis(_("period"))
    stage = _axis(_("stage"))
    category = _axis(_("category"))

    class Meta:
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        constraints = (models.UniqueConstraint(fields=AXES, name="coding_once", nulls_distinct=False),)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Period(Record):
    """A stretch of days of a book; when it is closed, the database refuses entries dated in it."""

    book = models.ForeignKey(Book, models.PROTECT, verbose_name=_("book"), related_name="periods")
    label = models.CharField(_("label"), max_length=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), help_text=_("the first day after it"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("ledger period")
        verbose_name_plural = _("ledger periods")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="ledger_period_ends_after_start",
                violation_error_message=_("A period ends after it starts: correct one of the two dates."),
            ),
            models.UniqueConstraint(
                fields=("book", "starts_on"),
                name="ledger_period_once",
                violation_error_message=_("This book already has a period from that day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.book} · {self.label}"
