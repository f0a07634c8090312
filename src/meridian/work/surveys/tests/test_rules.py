"""Sampling, estimates and suppression: arithmetic without a database."""

from collections import Counter
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.work.surveys.rules.estimates import effective_number, satisfied, weighted_mean, wilson
from meridian.work.surveys.rules.sampling import is_drawn
from meridian.work.surveys.rules.suppression import suppressed

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8)


@given(COUNTS)
def test_nobody_is_told_from_what_is_shown_and_the_total(counts):
    hidden = suppressed(counts, 5)
    shown = {name: count for name, count in counts.items() if name not in hidden}
    assert all(count == 0 or count >= 5 for count in shown.values())
    told_by_subtracting = sum(counts.values()) - sum(shown.values())
    if hidden and any(shown.values()):
        assert told_by_subtracting >= 5
        assert len(hidden) >= 2
    assert not hidden or min(counts[name] for name in hidden) < 5


@given(COUNTS)
def test_no_more_is_hidden_than_is_needed(counts):
    hidden = suppressed(counts, 5)
    small = {name for name, count in counts.items() if 0 < count < 5}
    further = sorted(hidden - small)
    for size in range(len(further)):
        for fewer in combinations(further, size):
            kept = small | set(fewer)
            assert len(kept) == 1 or sum(counts[name] for name in kept) < 5


def test_the_interval_of_wilson_is_the_published_one():
    # Newcombe 1998, table I: 81 of 263 and 15 of 148, 0 of 20, 1 of 29.
    for found, of, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        interval = wilson(found / of, of)
        assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from([0.1, 0.5, 1.0])), min_size=1, max_size=30))
def test_weights_of_the_chance_count_each_answer_for_those_not_asked(answers):
    scores, chances = zip(*answers, strict=True)
    as_if_all = [score for score, chance in answers for _each in range(round(10 / chance))]
    assert weighted_mean(scores, chances) == pytest.approx(sum(as_if_all) / len(as_if_all))
    found = satisfied(scores, chances, 4)
    assert 0 <= found.low <= found.share + 1e-9
    assert found.share - 1e-9 <= found.high <= 1
    assert effective_number(chances) <= len(chances) + 1e-9


def test_everybody_is_drawn_by_the_same_chance_and_always_the_same():
    subjects = [str(number) for number in range(20_000)]
    drawn = [one for one in subjects if is_drawn("S", one, Decimal("0.2"))]
    assert 3_700 < len(drawn) < 4_300
    assert drawn == [one for one in subjects if is_drawn("S", one, Decimal("0.2"))]
    assert set(drawn) <= {one for one in subjects if is_drawn("S", one, Decimal("0.3"))}
    digits = Counter(one[-1] for one in drawn)
    assert max(digits.values()) < 1.3 * min(digits.values())
    assert all(is_drawn("S", one, Decimal(1)) for one in subjects[:100])
    assert not any(is_drawn("S", one, Decimal(0)) for one in subjects[:100])
