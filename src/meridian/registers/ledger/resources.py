"""What the house knows of the ledger."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.registers.ledger import commands
from meridian.registers.ledger.contracts import AXES
from meridian.registers.ledger.models import (
    Account,
    Book,
    Coding,
    DimensionValue,
    Entry,
    LedgerUnit,
    Period,
    Posting,
)

CHART = everywhere(everyone={"view", "export"})
ENTRY = everywhere()


class BookResource(Resource):
    model = Book
    address = "books"
    policy = CHART
    key = "code"
    order = ("code",)
    icon = "money"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
    )


class LedgerUnitResource(Resource):
    model = LedgerUnit
    address = "ledger-units"
    policy = CHART
    key = "code"
    order = ("code",)
    icon = "money"
    fields = (F("code", column=True), F("name", column=True), F("decimals", column=True))
    add, change, remove = commands.add_unit, commands.change_unit, commands.remove_unit


class AccountResource(Resource):
    model = Account
    address = "ledger-accounts"
    policy = CHART
    key = "code"
    order = ("code",)
    icon = "money"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
    )
    add, change, remove = commands.add_account, commands.change_account, commands.remove_account


class DimensionValueResource(Resource):
    model = DimensionValue
    address = "dimension-values"
    policy = CHART
    order = ("axis", "code")
    icon = "money"
    fields = (
        F("axis", column=True),
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
    )


class PeriodResource(Resource):
    model = Period
    address = "ledger-periods"
    policy = CHART
    order = ("-starts_on",)
    related = ("book",)
    titled = ("book", "label")
    icon = "calendar"
    change = None
    fields = (
        F("book", column=True),
        F("label", column=True),
        F("starts_on", column=True),
        F("ends_on", column=True),
        F("closed_at", column=True),
    )
    add, remove = commands.add_period, commands.remove_period
    verbs = (Verb(commands.close_period, _("Close the period"), "lock", when=Q(closed_at=None), danger=True),)


class CodingResource(Resource):
    model = Coding
    address = "codings"
    policy = CHART
    appended = True
    in_menu = False
    related = AXES
    fields = tuple(F(axis, column=True) for axis in AXES)


class EntryResource(Resource):
    model = Entry
    address = "ledger-entries"
    policy = ENTRY
    appended = True
    order = ("-on",)
    related = ("book", "reverses")
    icon = "money"
    verbs = (
        Verb(
            commands.reverse_entry,
            _("Reverse"),
            "history",
            when=Q(reversal=None),
            fields=(Ask("on", _("On the day")), Ask("reason", _("Why"))),
        ),
    )
    fields = (
        F("on", column=True),
        F("book", column=True),
        F("description", column=True),
        F("source", column=True),
        F("reverses"),
        F("posted_in", api="", audit=False),
    )


class PostingResource(Resource):
    model = Posting
    address = "postings"
    policy = ENTRY
    appended = True
    in_menu = False
    related = ("entry", "account", "unit", "coding")
    titled = ("account", "amount_smallest_units", "unit")
    fields = (
        F("entry", column=True),
        F("account", column=True),
        F("amount_smallest_units", column=True),
        F("unit", column=True),
        F("coding", column=True),
    )
