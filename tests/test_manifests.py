"""A manifest that names what is not there is refused at start, by file and line."""

import shutil
import subprocess
import sys

import pytest
from house.databases import PROJECT_FOLDER

from meridian.engine.modules import SLOTS, MenuPage, Module, NoticeKind, Part
from meridian.engine.modules.registry import modules
from meridian.site import discovery, doctor, manifests
from meridian.site.proof import faults_when_asked

FOLDER = next(folder for folder, _module in manifests.read() if folder.name == "inventory")
WRONG = {
    "section": ({"section": "attic"}, "no menu section is called “attic”"),
    "icon": ({"icon": "unicorn"}, "no icon “unicorn”"),
    "icon of a page": ({"pages": (MenuPage("X", "inventory-server-list", "unicorn"),)}, "no icon “unicorn”"),
    "address": ({"pages": (MenuPage("X", "inventory-attic"),)}, "the address “inventory-attic”"),
    "permission": (
        {"pages": (MenuPage("X", "inventory-server-list", permission="inventory.attic.view"),)},
        "“inventory.attic.view” is of no noun",
    ),
    "permission of a notice": (
        {"notices": (NoticeKind("x", "X", permission="everything"),)},
        "is no permission",
    ),
    "slot": ({"parts": (Part("tlie", "parts.facility_panel", on="facilities.facility"),)}, "no slot “tlie”"),
    "model": (
        {"parts": (Part("tile", "parts.facility_panel", on="facilities.attic"),)},
        "no model “facilities.attic”",
    ),
    "higher model": (
        {"parts": (Part("tile", "parts.facility_panel", on="servicedesk.workitem"),)},
        "stands on a higher floor",
    ),
    "person": ({"parts": (Part("first_page", "parts.facility_panel", on="king"),)}, "called “king”"),
    "file": ({"parts": (Part("tile", "attic.tiles", on="places.site"),)}, "“attic.tiles” names no file"),
    "function": ({"parts": (Part("tile", "parts.attic", on="places.site"),)}, "parts.py defines no “attic”"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_there_is_told_with_file_and_line(name):
    wrong, sentence = WRONG[name]
    module = Module(**{"name": "inventory", "title": "X", "section": "holdings"} | wrong)
    (found,) = manifests.faults([(FOLDER, module)])
    assert sentence in found
    innermost = next(iter((*module.pages, *module.notices, *module.parts, module)))
    assert f"tests/test_manifests.py, line {innermost.line}: " in found


def test_every_manifest_of_the_house_names_what_is_there():
    found = manifests.read()
    assert list(faults_when_asked(found)) == []
    (finding,) = [finding for finding in doctor.examine() if finding.name == "manifests"]
    assert finding.state == doctor.GOOD


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"pages": (MenuPage("X", "no-such-page"),)}, "no page has the address “no-such-page”"),
        ({"notices": (NoticeKind("x", "X", permission="inventory.server.fly"),)}, "nothing asks for"),
        ({"parts": (Part("tile", "parts.attic", on="places.site"),)}, "can't be imported"),
        ({"parts": (Part("tile", "commands.server", on="places.site"),)}, "can't be imported"),
    ],
)
def test_what_only_shows_once_it_is_imported_is_told_too(wrong, sentence):
    module = Module(**{"name": "inventory", "title": "X", "section": "holdings"} | wrong)
    (found,) = faults_when_asked([(FOLDER, module)])
    assert sentence in found
    assert "tests/test_manifests.py, line " in found


def test_every_slot_is_filled_by_a_module_and_written_down():
    filled = {part.slot for module in modules() for part in module.parts}
    written = (PROJECT_FOLDER / "docs" / "developers" / "slots.md").read_text(encoding="utf-8")
    assert filled == set(SLOTS)
    assert [slot for slot in SLOTS if f"| `{slot}` |" not in written] == []


def test_a_wrong_manifest_stops_the_start_with_a_sentence(tmp_path):
    house = tmp_path / "src" / "meridian"
    shutil.copytree(discovery.HOUSE, house, ignore=shutil.ignore_patterns("tests", "locale", "__pycache__"))
    manifest = house / "holdings" / "inventory" / "module.py"
    text = manifest.read_text().replace('"parts.facility_panel"', '"parts.facility_pane"')
    manifest.write_text(text)
    line = next(at for at, line in enumerate(text.splitlines(), 1) if '"parts.facility_pane"' in line)
    answer = subprocess.run(
        [sys.executable, "-m", "meridian", "doctor"],
        env={"PYTHONPATH": str(tmp_path / "src"), "MERIDIAN_VAR": str(tmp_path / "var"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert f"module.py, line {line}: parts.py defines no “facility_pane”" in answer.stderr
    assert "Traceback" not in answer.stderr
