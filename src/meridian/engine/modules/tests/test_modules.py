"""The manifests that the site has found."""

import pytest

from meridian.engine.modules import SECTIONS, Module
from meridian.engine.modules.registry import module_of, modules


def test_every_module_stands_in_a_section_of_the_menu_once():
    names = [found.name for found in modules()]
    assert len(names) == len(set(names)) > 5
    for found in modules():
        assert found.section in SECTIONS
        assert module_of(found.name) is found
    assert module_of("no such module") is None


def test_a_section_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no menu section"):
        Module(name="x", title="X", section="attic")
