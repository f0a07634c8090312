"""The paths tell the tree, however it was moved."""

import pytest
from house.factory import MAKER
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from meridian.engine.audit.models import Change
from meridian.engine.commands import Refusal
from meridian.registers.organisation.commands import add_unit, change_unit, ensure_root, remove_unit
from meridian.registers.organisation.models import Unit


def add(code: str, parent: Unit | None = None) -> Unit:
    return add_unit(actor=MAKER, code=code, name={"en": code}, parent=parent, starts_on="2020-01-01")


def expected_path(unit: Unit) -> str:
    """The slow way: up through the parents."""
    return f"{expected_path(unit.parent) if unit.parent else ''}{unit.pk}/"


class Moves(TestCase):
    @settings(max_examples=25)
    @given(some.lists(some.tuples(some.integers(0, 5), some.integers(-1, 5)), max_size=8))
    def test_paths_follow_every_move_and_a_ring_is_refused(self, moves):
        codes = [f"N{place}" for place in range(6)]
        for place, code in enumerate(codes):
            add(code, Unit.objects.get(code=codes[(place - 1) // 2]) if place else None)
        for moved, below in moves:
            unit = Unit.objects.get(code=codes[moved])
            parent = Unit.objects.get(code=codes[below]) if below >= 0 else None
            ring = parent is not None and parent.path.startswith(unit.path)
            if ring:
                with pytest.raises(Refusal, match="part of itself"):
                    change_unit(actor=MAKER, row=unit, parent=parent)
            else:
                change_unit(actor=MAKER, row=unit, parent=parent)
        for unit in Unit.objects.filter(code__in=codes):
            assert unit.path == expected_path(unit)


@pytest.mark.django_db
def test_a_move_is_recorded_for_every_unit_below():
    top, other = add("TOP"), add("OTHER")
    middle = add("MIDDLE", top)
    bottom = add("BOTTOM", middle)
    change_unit(actor=MAKER, row=middle, parent=other)
    line = Change.objects.filter(table="organisation_unit", row_id=bottom.pk).latest("id")
    assert (line.before["path"], line.after["path"]) == (
        f"{top.pk}/{middle.pk}/{bottom.pk}/",
        f"{other.pk}/{middle.pk}/{bottom.pk}/",
    )


@pytest.mark.django_db
def test_a_unit_with_parts_stays():
    top = add("TOP")
    add("PART", top)
    with pytest.raises(Refusal, match="refer to this one"):
        remove_unit(actor=MAKER, row=top)
    remove_unit(actor=MAKER, row=Unit.objects.get(code="PART"))
    remove_unit(actor=MAKER, row=top)
    assert not Unit.objects.filter(code="TOP").exists()


@pytest.mark.django_db
def test_there_is_one_root_however_often_it_is_asked_for():
    assert ensure_root(actor=MAKER) == ensure_root(actor=MAKER)
    assert Unit.objects.filter(parent=None).count() == 1
