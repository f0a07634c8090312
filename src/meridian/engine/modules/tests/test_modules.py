"""The manifests that the site has found."""

from pathlib import Path

import pytest

from meridian.engine.modules import Module, Part
from meridian.engine.modules.registry import module_of, modules, parts_of, sections, take_in


def test_every_module_stands_in_a_section_of_the_menu_once():
    names = [found.name for found in modules()]
    assert len(names) == len(set(names)) > 5
    for found in modules():
        assert found.section in [section.name for section in sections()]
        assert module_of(found.name) is found
    assert module_of("no such module") is None


def test_what_is_declared_knows_where_it_stands():
    part = Part("tile", "parts.tiles")
    module = Module(name="x", title="X", section="desk", parts=(part,))
    assert part.file == module.file == __file__
    assert part.line + 1 == module.line


def test_parts_come_in_their_order_and_are_imported_when_first_used():
    before = [(f"meridian.{address(found)}", found) for found in modules()]
    late = Part("tile", "attic.b", on="x.y", place=2)
    early = Part("tile", "attic.a", on="x.y", place=1)
    try:
        take_in([("no.such.house", Module(name="x", title="X", section="desk", parts=(late, early)))])
        given = parts_of("tile", "x.y")
        assert [found.name for found in given] == ["x.a", "x.b"]
        with pytest.raises(ImportError):
            given[0].function()
    finally:
        take_in(before)
    assert parts_of("tile", "x.y") == []
    assert parts_of("tile", "projects.project")[0].function.__name__ == "project_tiles"


def address(module):
    """The dotted path of a module of the house below its name."""
    return ".".join(Path(module.file).parts[-3:-1])
