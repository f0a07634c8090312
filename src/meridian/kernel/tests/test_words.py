"""Words as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.words import can_be_seen, folded, near


def test_case_accents_and_spaces_make_no_difference():
    assert folded("  RÉSEAU   local ") == folded("reseau local")
    assert folded("Zürich") == folded("ZURICH")
    assert folded("أحمد") == folded("احمد")


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


def test_a_mistake_finds_what_was_meant():
    assert near("stat", ["state", "kind", "status"]) == ["state", "status"]
    assert near("Kinshassa", ["Kinshasa office", "Kinshasa", "Nairobi"])[0] == "Kinshasa"
    assert near("office", ["Geneva", "Kinshasa office"]) == ["Kinshasa office"]


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=10))
def test_only_what_is_known_is_suggested(text, known):
    found = near(text, known)
    assert set(found) <= set(known)
    assert len(found) <= 3


def test_what_can_be_seen_is_told_from_what_is_blank_in_every_script():
    for text in ("a", " é", "مرحبا", "東", "−", "\u200bน้ำ", "🙂", "9"):
        assert can_be_seen(text), text
    for text in ("", " ", "\t\n", "\u00a0", "\u200b\u2066", "\u202e", "\u3164", "\u2800", "\u0301", "\0"):
        assert not can_be_seen(text), text
