"""The number that an address says was shown: a short one with few digits, or none."""

from decimal import Decimal

import pytest

from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.proof.arguments import _shown

BOMBS = (
    "1e-60000000",
    "0e-60000000",
    "0e60000000",
    "1" * 41,
    "0." + "0" * 40 + "1",
    "NaN",
    "sNaN",
    "Infinity",
)


@pytest.mark.parametrize("text", BOMBS)
def test_a_number_that_would_fill_the_answer_is_refused_in_words(text):
    with pytest.raises(NotUnderstood, match="is no number") as refused:
        _shown(text)
    assert (refused.value.status, list(refused.value.faults)) == (422, ["shown"])


@pytest.mark.parametrize("text", ["0", "-20.50", "1E+3", "123456789012345678901234.56"[1:]])
def test_a_number_of_a_page_is_read(text):
    assert _shown(text) == Decimal(text)
