"""Whoever alters the past breaks the chain, and the proof names the place."""

import pytest
from django.db import DatabaseError, connection, transaction
from house.factory import MAKER
from house.nouns import change_region, region, tampering
from house.seeds import owning

from meridian.engine.audit.chain import GENESIS, link, seal_entries, verify_chain
from meridian.engine.audit.models import Change, Entry, Pending, Seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[int]:
    """The ids of five sealed entries, each with a change."""
    row = region("START")
    for number in range(4):
        change_region(actor=MAKER, row=row, code=f"CODE{number}")
    found = list(Entry.objects.order_by("-id").values_list("id", flat=True)[:5])[::-1]
    assert verify_chain().broken_entry is None
    return found


def tamper(statement: str, *values: object) -> None:
    with tampering() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_trail_is_whole(entries):
    proof = verify_chain()
    assert (proof.broken_entry, proof.reason, proof.waiting) == (None, "", 0)
    assert proof.entries == Entry.objects.count() == Seal.objects.count()
    assert not Pending.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_label = 'somebody else' WHERE id = %s",
        "UPDATE audit_entry SET at = at + interval '1 second' WHERE id = %s",
        "UPDATE audit_entry SET reason = 'a better one' WHERE id = %s",
        "UPDATE audit_change SET after = '{}' WHERE entry_id = %s",
        "UPDATE audit_change SET row_id = row_id + 1 WHERE entry_id = %s",
        "DELETE FROM audit_change WHERE entry_id = %s",
        "UPDATE audit_seal SET digest = '\\x00' WHERE entry_id = %s",
        "DELETE FROM audit_entry WHERE id = %s",
    ],
)
def test_what_was_altered_is_named(entries, statement):
    tamper(statement, entries[2])
    proof = verify_chain()
    assert proof.broken_entry == entries[2]
    assert proof.reason


def test_a_change_slipped_under_an_old_entry_is_named(entries):
    tamper(
        'INSERT INTO audit_change (entry_id, "table", row_id, operation, after)'
        " VALUES (%s, 'places_region', 1, 'change', '{}')",
        entries[1],
    )
    assert verify_chain().broken_entry == entries[1]


def test_a_link_taken_out_is_noticed_at_the_next(entries):
    tamper("DELETE FROM audit_seal WHERE entry_id = %s", entries[2])
    assert verify_chain().broken_entry == entries[3]


def test_an_entry_slipped_in_behind_the_chain_is_named(entries):
    tamper(
        "INSERT INTO audit_entry (command, actor_label, channel, request, reason)"
        " VALUES ('x.y.z', 'ghost', 'shell', gen_random_uuid(), '')"
    )
    proof = verify_chain()
    assert proof.broken_entry == Entry.objects.get(actor_label="ghost").pk
    assert "slipped in" in proof.reason


def test_several_faults_are_named_from_the_first(entries):
    for place in (3, 1):
        tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", entries[place])
    assert verify_chain().broken_entry == entries[1]


def test_a_seal_is_written_once(entries):
    for statement in ("UPDATE audit_seal SET number = number + 100", "DELETE FROM audit_seal"):
        with (
            pytest.raises(DatabaseError, match="written once"),
            transaction.atomic(),
            owning() as cursor,
        ):
            cursor.execute(statement)


def test_sealing_goes_on_where_it_stopped(entries):
    for number in range(5):
        region(f"NEW{number}")
    assert seal_entries(most=2) == 2
    assert Pending.objects.count() == 3
    assert [seal_entries(most=2), seal_entries(most=2), seal_entries()] == [2, 1, 0]
    assert verify_chain().broken_entry is None


def test_the_chain_can_be_recomputed_without_the_house(entries):
    digest = GENESIS
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry_id, digest, audit_content(entry_id) FROM audit_seal ORDER BY number")
        for _entry, stored, content in cursor.fetchall():
            digest = link(digest, content)
            assert bytes(stored) == digest
    assert Change.objects.filter(entry_id__in=entries).count() == 5
