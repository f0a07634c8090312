"""What rises, which words fit, and how a problem's columns follow from its log."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.work.items.contracts.folding import Happening, fold
from meridian.work.problems.rules import MACHINE, Folded, likeness, rises, words_of_text

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("recent", "before", "expected"),
    [
        (4, 0, False),
        (5, 0, True),
        (8, 16, False),
        (12, 16, True),
        (40, 160, False),
        (60, 160, False),
        (81, 160, True),
    ],
)
def test_what_chance_makes_is_no_rise(recent: int, before: int, expected: bool) -> None:
    assert rises(recent, before, 4) is expected


@given(st.integers(0, 500), st.integers(0, 2000))
def test_more_incidents_rise_whenever_fewer_do(recent: int, before: int) -> None:
    assert rises(recent + 1, before, 4) >= rises(recent, before, 4)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("my VPN drops every hour", "The vpn connection drops"),
        ("الشبكة لا تعمل", "الشبكة بطيئة"),
        ("邮件无法发送", "无法发送邮件"),
        ("Почта не отправляется", "почта стоит"),
    ],
)
def test_words_fit_in_any_language(asked: str, text: str) -> None:
    assert likeness(words_of_text(asked), [text]) > 0
    assert likeness(words_of_text(asked), ["zzzz"]) == 0


def test_a_cause_keeps_the_instant_at_which_it_was_first_found_and_an_end_its_own() -> None:
    later = AT.replace(hour=12)
    folded = fold(
        Folded,
        [
            Happening("opened", AT, {"title": ["", "Queue grows"], "team": [None, 7]}),
            Happening(
                "cause_found", AT, {"state": ["logged", "cause_known"], "root_cause": ["", "A full disk"]}
            ),
            Happening("changed", later, {"root_cause": ["A full disk", "A full log disk"]}),
            Happening("resolved", later, {"state": ["cause_known", "resolved"]}),
        ],
    )
    assert (folded.cause_known_at, folded.resolved_at, folded.root_cause) == (AT, later, "A full log disk")
    folded.step("reopened", later, {"state": ["resolved", "analysis"]})
    assert (folded.resolved_at, folded.reopened_count) == (None, 1)


def test_every_verb_leads_from_states_that_are_there_to_one_that_is() -> None:
    states = set().union(*(move.sources for move in MACHINE.moves.values()))
    assert {move.target for move in MACHINE.moves.values()} - {None} <= states
