"""Numbers of requests are read by one room."""

import re
from pathlib import Path

import pytest

from meridian.engine.listing.parameters import whole_number

SOURCES = Path(__file__).resolve().parents[3]
READS_DIGITS = re.compile(r"\bint\([^()\n]*\) if [^\n]*\.is(?:digit|decimal)\(\)")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("", None),
        ("-1", None),
        ("²", None),
        ("١٢", None),
        ("1e3", None),
        ("9" * 5_000, None),
    ],
)
def test_only_digits_that_end_are_a_number(text, number):
    assert whole_number(text) == number


def test_pages_read_numbers_by_it():
    """Five pages read the digits of a form by themselves: 5,000 of them were a fault."""
    pages = [*SOURCES.glob("*/*/pages.py"), *SOURCES.glob("*/*/pages/*.py")]
    assert len(pages) > 100
    assert [str(place) for place in pages if READS_DIGITS.search(place.read_text(encoding="utf-8"))] == []
