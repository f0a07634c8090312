"""Whatever stands in the trail is called by a title: commands, and what is noted beside them."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

import meridian
from meridian.engine.commands import commands
from meridian.engine.values.deeds import doing, is_titled
from meridian.site import discovery

SOURCE = Path(meridian.__file__).parent
OPENING = {"entry", "bulk_load"}


def noted() -> set[str]:
    """The names under which entries are opened, as they are spelled out in the source."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        if "tests" in file.parts or file.name == "testing.py":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in OPENING and node.args:
                name = node.args[0]
                if isinstance(name, ast.Constant) and "." in str(name.value):
                    found.add(name.value)
    return found


def test_every_command_and_every_deed_has_a_title():
    for room in ("commands", "facade", "pages"):
        discovery.import_rooms(room)
    names = {name for name in commands() if not name.startswith("tests.")} | noted()
    assert "access.account.sign_in" in names
    assert not {name for name in names if not is_titled(name)}


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_title_is_a_raw_name(language):
    with translation.override(language):
        for name in {*commands(), *noted()}:
            if not name.startswith("tests."):
                assert "_" not in doing(name), name
                assert "." not in doing(name).rstrip("."), name
