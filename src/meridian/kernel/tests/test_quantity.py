"""What must hold of quantities: like adds to like, and conversion comes back exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.kernel.quantity import Quantity


@given(
    st.decimals(-(10**6), 10**6, places=3),
    st.sampled_from([("l", "m3"), ("h", "min"), ("GB", "B"), ("t", "g")]),
)
def test_conversion_comes_back(amount, units):
    quantity = Quantity.of(amount, units[0])
    assert quantity.to(units[1]).to(units[0]) == quantity


def test_like_adds_to_like_only():
    assert Quantity.of(2, "m3").to("l") + Quantity.of(5, "l") == Quantity.of(2005, "l")
    assert Quantity.of(1, "h").times(Decimal("1.5")).to("min").decimal(0) == 90
    assert Quantity.of(-1, "kg").to("t").decimal(2) == Decimal("0.00")
    with pytest.raises(ValueError, match="do not add"):
        Quantity.of(1, "l") + Quantity.of(1, "kg")
    with pytest.raises(ValueError, match="does not convert"):
        Quantity.of(1, "l").to("kg")
    with pytest.raises(ValueError, match="does not convert"):
        Quantity.of(1, "ration_day").to("d")
    with pytest.raises(TypeError):
        Quantity.of(0.1, "l")
