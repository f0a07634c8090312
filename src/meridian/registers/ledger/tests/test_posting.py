"""What the ledger holds on to: balance, once, closed periods, and neighbours who post at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.policies import Actor, system_actor
from meridian.registers.ledger import commands
from meridian.registers.ledger.contracts import Dimensions, Draft, Leg
from meridian.registers.ledger.models import Book, Coding, Entry, Period, Posting
from meridian.registers.ledger.queries import balances
from meridian.registers.ledger.testing import begin_chart

ACTOR = system_actor("tests")
DAY = date(2026, 3, 1)


def draft(amount=100, on=DAY, rest=0, fund="regular_budget"):
    legs = (
        Leg("budget:estimates", "USD", amount, Dimensions(fund=fund), "line 2"),
        Leg("budget:authority", "USD", -amount + rest, Dimensions(fund=fund), "line 3"),
    )
    return Draft(on, "Paper", legs, "test")


def write_past_the_commands(book, rows):
    with trail.entry("test", ACTOR):
        entry = Entry.objects.create(book=book, on=DAY, description="past the commands")
        Posting.objects.bulk_create(Posting(entry=entry, **row) for row in rows)
        connection.check_constraints()


@pytest.fixture(autouse=True)
def _chart(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        begin_chart()


@pytest.fixture
def book():
    return commands.open_book(actor=ACTOR, code="test", name={"en": "Test"}, kind="budget")


@pytest.mark.django_db
def test_an_entry_is_posted_with_its_legs_and_summed(book):
    entry = commands.post_entry(actor=ACTOR, book=book, draft=draft(1234))
    assert sorted(entry.postings.values_list("amount_smallest_units", flat=True)) == [-1234, 1234]
    (found,) = balances("test", "budget:estimates", ("fund",))
    assert (found.keys, found.amount) == (("regular_budget",), 1234)
    assert balances("test", "budget", ()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (draft(rest=1), ("not balanced", "1 of the smallest unit of USD", "line 2")),
        (draft(fund="nowhere"), ("line 2", "no fund", "nowhere", "regular_budget")),
        (Draft(DAY, "Empty", ()), ("no postings",)),
        (Draft(DAY, "x", (Leg("nothing", "USD", 1), Leg("nothing", "USD", -1))), ("no account",)),
        (Draft(DAY, "x", (Leg("budget:estimates", "PEBBLE", 0),)), ("no unit", "PEBBLE")),
    ],
)
def test_a_fault_is_named_and_nothing_is_posted(book, fault, words):
    for post in (
        lambda: commands.post_entry(actor=ACTOR, book=book, draft=fault),
        lambda: commands.post_entries(actor=ACTOR, book=book, drafts=[draft(), fault]),
    ):
        with pytest.raises(Refusal) as caught:
            post()
        assert all(word in str(caught.value) for word in words), str(caught.value)
    assert Entry.objects.count() == Posting.objects.count() == 0


@pytest.mark.django_db
def test_the_database_refuses_what_does_not_balance(book):
    commands.post_entry(actor=ACTOR, book=book, draft=draft())
    sample = Posting.objects.values("account_id", "unit_id", "coding_id").first()
    with pytest.raises(IntegrityError, match="sum to zero"):
        write_past_the_commands(book, [sample | {"amount_smallest_units": 5}])


@pytest.mark.django_db
def test_balance_is_asked_for_in_each_unit_apart(book):
    commands.post_entry(actor=ACTOR, book=book, draft=draft())
    sample = Posting.objects.values("account_id", "coding_id").first()
    units = dict(commands.chart.LedgerUnit.objects.values_list("code", "pk"))
    rows = [
        sample | {"unit_id": units[code], "amount_smallest_units": amount}
        for code, amount in (("USD", 5), ("PERCENT", -5))
    ]
    with pytest.raises(IntegrityError, match="sum to zero"):
        write_past_the_commands(book, rows)


@pytest.mark.django_db
@pytest.mark.parametrize(("column", "words"), [("coding_id", "no coding"), ("account_id", "ledger_account")])
def test_postings_refer_to_rows_that_exist(book, column, words):
    commands.post_entry(actor=ACTOR, book=book, draft=draft())
    sample = Posting.objects.values("account_id", "unit_id", "coding_id").first()
    rows = [sample | {column: 10**9, "amount_smallest_units": 0}]
    with pytest.raises(IntegrityError, match=words):
        write_past_the_commands(book, rows)


@pytest.mark.django_db
def test_what_is_posted_is_never_changed_nor_removed(book):
    entry = commands.post_entry(actor=ACTOR, book=book, draft=draft())
    for rows in (Entry.objects.filter(pk=entry.pk), entry.postings.all()):
        for write in (rows.delete, lambda rows=rows: rows.update(id=0)):
            with pytest.raises(DatabaseError), trail.entry("test", ACTOR):
                write()


@pytest.mark.django_db(transaction=True)
def test_a_written_entry_takes_no_more_postings():
    book = commands.open_book(actor=ACTOR, code="later", name={"en": "Later"}, kind="budget")
    entry = commands.post_entry(actor=ACTOR, book=book, draft=draft())
    sample = entry.postings.values("account_id", "unit_id", "coding_id").first()
    with pytest.raises(IntegrityError, match="written already"), trail.entry("test", ACTOR):
        Posting.objects.bulk_create(
            Posting(entry=entry, amount_smallest_units=amount, **sample) for amount in (5, -5)
        )


@pytest.mark.django_db
def test_a_reversal_turns_every_sign_and_happens_once(book):
    entry = commands.post_entry(actor=ACTOR, book=book, draft=draft(77))
    turned = commands.reverse_entry(actor=ACTOR, row=entry, on=DAY, reason="Typed twice")
    assert turned.reverses == entry
    assert turned.description == "Typed twice"
    assert balances("test", "budget:estimates", ()) == []
    with pytest.raises(Refusal, match="reversed already"):
        commands.reverse_entry(actor=ACTOR, row=entry, on=DAY)


@pytest.mark.django_db
def test_a_closed_period_takes_nothing(book):
    period = commands.add_period(
        actor=ACTOR, book=book, label="2026", starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1)
    )
    entry = commands.post_entry(actor=ACTOR, book=book, draft=draft())
    commands.close_period(actor=ACTOR, row=period)
    with pytest.raises(Refusal, match="2026 is closed"):
        commands.post_entry(actor=ACTOR, book=book, draft=draft())
    with pytest.raises(Refusal, match="2026 is closed"):
        commands.reverse_entry(actor=ACTOR, row=entry, on=DAY)
    with pytest.raises(Refusal, match="closed already"):
        commands.close_period(actor=ACTOR, row=period)
    with pytest.raises(IntegrityError, match="is closed"), trail.entry("test", ACTOR):
        Entry.objects.create(book=book, on=DAY, description="past the command")
    commands.post_entry(actor=ACTOR, book=book, draft=draft(on=date(2027, 1, 1)))
    commands.reverse_entry(actor=ACTOR, row=entry, on=date(2027, 1, 1))


@pytest.mark.django_db
def test_periods_of_a_book_share_no_day(book):
    facts = {"book": book, "label": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)}
    commands.add_period(actor=ACTOR, **facts)
    with pytest.raises(Refusal, match="2026"):
        commands.add_period(
            actor=ACTOR, **facts | {"starts_on": date(2026, 12, 31), "ends_on": date(2027, 7, 1)}
        )
    commands.add_period(actor=ACTOR, **facts | {"starts_on": date(2027, 1, 1), "ends_on": date(2028, 1, 1)})
    assert Period.objects.filter(book=book).count() == 2


@pytest.mark.django_db
def test_a_coding_keeps_its_axes_and_exists_once(book):
    commands.post_entries(actor=ACTOR, book=book, drafts=[draft(), draft(5)])
    assert Coding.objects.count() == 1
    fund = Coding.objects.get().fund
    with pytest.raises(IntegrityError, match="no value of the axis"), trail.entry("test", ACTOR):
        Coding.objects.create(object=fund)


@pytest.mark.django_db
def test_who_holds_no_right_posts_nothing(book):
    nobody = Actor(account_id=1, person_id=1, label="Somebody")
    for post in (
        lambda: commands.post_entry(actor=nobody, book=book, draft=draft()),
        lambda: commands.post_entries(actor=nobody, book=book, drafts=[draft()]),
    ):
        with pytest.raises(Unpermitted):
            post()


@pytest.mark.django_db(transaction=True)
def test_many_post_at_once_and_the_sums_hold():
    book = commands.open_book(actor=ACTOR, code="crowd", name={"en": "Crowd"}, kind="budget")
    values = [f"project_{number}" for number in range(6)]
    commands.name_dimensions(
        actor=ACTOR, names=[commands.chart.DimensionName("project", code, {"en": code}) for code in values]
    )

    def post(number):
        try:
            legs = tuple(
                Leg(account, "USD", sign * number, Dimensions(project=values[number % 6]))
                for account, sign in (("budget:estimates", 1), ("budget:authority", -1))
            )
            commands.post_entry(actor=ACTOR, book=book, draft=Draft(DAY, str(number), legs))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(post, range(1, 49)))
    found = {
        balance.keys[0]: balance.amount for balance in balances("crowd", "budget:estimates", ("project",))
    }
    assert found == {values[rest]: sum(n for n in range(1, 49) if n % 6 == rest) for rest in range(6)}
    assert Coding.objects.filter(project__code__in=values).count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_closing_period_waits_for_those_who_are_posting():
    book = commands.open_book(actor=ACTOR, code="door", name={"en": "Door"}, kind="budget")
    period = commands.add_period(
        actor=ACTOR, book=book, label="2026", starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1)
    )

    def close():
        try:
            commands.close_period(actor=ACTOR, row=period)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        commands.post_entry(actor=ACTOR, book=book, draft=draft())
        closing = other.submit(close)
        with pytest.raises(TimeoutError):
            closing.result(timeout=0.3)
        assert Period.objects.get(pk=period.pk).closed_at is None
        # The lock is given back with the transaction; only then the period closes.
        connection.set_rollback(False)
    closing.result(timeout=20)
    assert Period.objects.get(pk=period.pk).closed_at is not None
    assert Entry.objects.filter(book=book).count() == 1


class EveryEntryBalances(TestCase):
    @given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=6))
    def test_whatever_is_posted_the_book_sums_to_zero(self, amounts):
        begin_chart()
        book = commands.open_book(actor=ACTOR, code="any", name={"en": "Any"}, kind="budget")
        legs = [Leg("budget:estimates", "USD", amount) for amount in amounts]
        legs.append(Leg("budget:authority", "USD", -sum(amounts)))
        before = Book.objects.get(pk=book.pk).entries.count()
        commands.post_entries(actor=ACTOR, book=book, drafts=[Draft(DAY, "any", tuple(legs))])
        assert Book.objects.get(pk=book.pk).entries.count() == before + 1
        assert balances("any", "budget", ()) == []
