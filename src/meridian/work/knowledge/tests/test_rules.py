"""Staleness, what is private, what changed and what was deflected: arithmetic without a database."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meridian.work.knowledge.rules.comparing import compared
from meridian.work.knowledge.rules.counting import Contact, Session, outcomes
from meridian.work.knowledge.rules.private import without_private
from meridian.work.knowledge.rules.stale import staleness

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WITHIN = timedelta(hours=72)


def test_a_translation_is_stale_by_what_changed_and_not_by_when():
    source = [(1, 30), (2, 10), (3, 20), (4, 10)]
    assert staleness(4, source) == 0
    assert staleness(3, source) == 0
    assert staleness(1, source) == 20
    assert staleness(1, [*source, (5, 30)]) == 30
    assert staleness(None, source) == 30
    assert staleness(1, [(1, 30), (2, 10)]) == 0


def test_what_is_private_is_taken_out_in_every_language():
    said = (
        "Amina Testov (amina.t@example.org, +254 20 762 1234) wrote from 10.4.17.2, INC0012345."
        " Password: hunter2! 密码：abc123 contraseña: segura9 https://x.example/?u=amina de:ad:be:ef:00:01"
    )
    clean = without_private(said, ["Amina Testov", "Depot"])
    for private in (
        "Amina",
        "Testov",
        "example.org",
        "762",
        "10.4.17",
        "12345",
        "hunter2",
        "abc123",
        "segura9",
    ):
        assert private not in clean, (private, clean)
    assert "wrote from" in clean
    assert without_private("Restart 3 times, 2026 or 802.1x.", []) == "Restart 3 times, 2026 or 802.1x."
    assert without_private("Ali is valid; Alison too", ["Ali"]) == "[name] is valid; Alison too"


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_pieces_of_a_comparison_are_both_texts(before, after):
    pieces = compared(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def session(person=1, hours=0.0, **facts):
    given = {"was_read": True, "said_solved": False, "categories": frozenset({7})}
    return Session("k", NOON + timedelta(hours=hours), person=person, **{**given, **facts})


def counted(sessions, contacts=(), now=NOON + timedelta(days=30)):
    return {name: len(found) for name, found in outcomes(sessions, contacts, now, WITHIN).items()}


def test_what_is_said_and_what_is_not_contradicted_are_two_numbers():
    solved_yet_asked = session(1, said_solved=True)
    silent, only_shown, other_thing = session(2), session(3, was_read=False), session(4)
    contacts = [
        Contact(1, NOON + timedelta(hours=71), None),
        Contact(4, NOON + timedelta(hours=1), 8),
        Contact(2, NOON - timedelta(minutes=1), 7),
        Contact(2, NOON + WITHIN, 7),
    ]
    found = counted([solved_yet_asked, silent, only_shown, other_thing], contacts)
    assert found == {"shown": 4, "read": 3, "said_solved": 1, "settled": 3, "again": 1, "quiet": 2}


def test_silence_of_less_than_three_days_counts_for_nothing():
    found = counted([session()], now=NOON + WITHIN - timedelta(seconds=1))
    assert (found["read"], found["settled"], found["quiet"]) == (1, 0, 0)
    assert counted([session()], now=NOON + WITHIN)["quiet"] == 1


def test_without_a_known_category_a_question_may_be_the_same():
    unknown = session(categories=frozenset({None}))
    assert counted([unknown], [Contact(1, NOON, 9)])["again"] == 1
    assert counted([session()], [Contact(1, NOON, 9)])["again"] == 0
