"""What must hold of tables before they are printed: totals out of rows, and exact figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.tables.adding import re_add
from meridian.engine.tables.specification import Axis, TableSpec, Unit
from meridian.engine.tables.table import Column, Row, Table
from meridian.engine.tables.tests.samples import counts, projects
from meridian.engine.tables.totals import add_totals, percentage, with_percentages

DOWN, ACROSS = ("a", "b", "c", "d", "e"), ("x", "y", "z")
facts = st.lists(
    st.tuples(st.sampled_from(DOWN), st.sampled_from(ACROSS), st.integers(-(10**9), 10**9)), max_size=30
)


@given(facts)
def test_rounded_tables_add_and_stay_near_the_facts(amounts):
    specification = TableSpec(
        name="t",
        title="T",
        unit=Unit("USD thousand", 100_000, 1),
        down=Axis(DOWN),
        across=Axis(ACROSS),
        groups={"a": ("one",), "b": ("one",), "c": ("two", "inner"), "d": ("two",)},
    )
    table = specification.lay_out(amounts)
    assert re_add(table) == []
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=True):
            if row.key in DOWN and column.key in ACROSS:
                exact = sum(
                    amount for down, across, amount in amounts if (down, across) == (row.key, column.key)
                )
                assert abs(value * 100_000 - exact) < 10_000
    whole = sum(amount for _, _, amount in amounts)
    assert abs(table.rows[-1].values[-1] * 100_000 - whole) < 10_000


def test_levels_say_what_adds():
    keys = [(row.key, row.level) for row in projects("en").rows]
    assert keys == [
        ("desk", 2),
        ("centres", 2),
        ("sourcing", 2),
        ("transformation", 1),
        ("office", 1),
        ("total", 0),
    ]


def test_groups_within_groups_have_their_subtotals():
    rows = [Row(key, key, (1,)) for key in "abcd"]
    levels = {"a": ("one", "deep"), "b": ("one", "deep"), "c": ("one",)}
    totals = add_totals(rows, levels)
    assert [(row.key, row.level, row.values[0]) for row in totals] == [
        ("a", 3, 1),
        ("b", 3, 1),
        ("deep", 2, 2),
        ("c", 2, 1),
        ("one", 1, 3),
        ("d", 1, 1),
        ("total", 0, 4),
    ]


def test_a_group_that_is_torn_apart_is_refused():
    rows = [Row(key, key, (1,)) for key in "abc"]
    with pytest.raises(ValueError, match="stand together"):
        add_totals(rows, {"a": ("one",), "c": ("one",)})


def test_percentages_come_from_unrounded_amounts():
    specification = TableSpec(
        name="t",
        title="T",
        unit=Unit("USD thousand", 1000, 0),
        down=Axis(("a", "b")),
        across=Axis(("x",)),
        derived=(
            Column("share", "%", percent_of=("x", "total"), decimals=1),
            Column("rise", "%", percent_of=("x", "x")),
        ),
    )
    assert specification.lay_out([("a", "x", 1499), ("b", "x", 1)]).rows[-1].values[2] == 100
    columns = (
        Column("old", "2019"),
        Column("change", "Change"),
        Column("rise", "%", percent_of=("change", "old")),
    )
    table = Table("t", "T", "USD", columns, (Row("a", "A", (3, 1, None)), Row("b", "B", (0, 0, None))), 0)
    assert [row.values[2] for row in with_percentages(table).rows] == [Decimal(33), None]
    exact = [{"old": Decimal("2.6"), "change": Decimal("1.4")}, {"old": 0, "change": 0}]
    assert with_percentages(table, exact).rows[0].values[2] == 54
    assert percentage(1, 8, 1) == Decimal("12.5")
    assert percentage(-1, 16, 1) == Decimal("-6.3")
    assert percentage(1, 0) is None


def test_re_adding_names_the_place():
    table = counts()
    wrong = replace(table, rows=(replace(table.rows[0], values=(2019, 1, 2019)), *table.rows[1:]))
    assert [str(mismatch) for mismatch in re_add(wrong)] == [
        "posts, row Total, column 2020: 31 stands, the parts make 32.",
        "posts, row P-5, column total: 2019 stands, the parts make 2020.",
    ]


def test_bad_tables_are_refused():
    columns = (Column("x", "X"),)
    with pytest.raises(ValueError, match="2 figures for 1"):
        Table("t", "T", "USD", columns, (Row("a", "A", (1, 2)),))
    with pytest.raises(TypeError, match="float"):
        Table("t", "T", "USD", columns, (Row("a", "A", (1.5,)),))
    with pytest.raises(ValueError, match="one key"):
        Table("t", "T", "USD", columns * 2, ())
    specification = TableSpec("t", "T", Unit("USD"), Axis(("a",)), Axis(("x",)))
    with pytest.raises(ValueError, match="no row 'b'"):
        specification.lay_out([("b", "x", 1)])
    with pytest.raises(ValueError, match="no column 'y'"):
        specification.lay_out([("a", "y", 1)])
