"""How figures are printed and read back, and the agreed form of JSON."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.printing.as_json import value_of
from meridian.engine.printing.numbers import LANGUAGES, printed, read_number
from meridian.engine.tables.tests.samples import counts


@given(st.decimals(-(10**12), 10**12, places=1), st.sampled_from(LANGUAGES))
def test_a_printed_figure_reads_back_in_every_language(figure, language):
    assert read_number(printed(figure, 1, language), language) == figure


def test_figures_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="does not fit"):
        printed(Decimal("1.25"), 1, "en")
    with pytest.raises(ValueError, match="no number"):
        read_number("12 apples", "en")


def test_json_has_exactly_the_agreed_form():
    assert json.loads(json.dumps(value_of(counts()))) == {
        "name": "posts",
        "unit": "posts",
        "columns": ["2019", "2020", "total"],
        "rows": [
            {"key": "P-5", "level": 1, "values": [2019, 0, 2019]},
            {"key": "P-4", "level": 1, "values": [0, 24, 24]},
            {"key": "2019", "level": 1, "values": [0, 7, 7]},
            {"key": "total", "level": 0, "values": [2019, 31, 2050]},
        ],
    }
