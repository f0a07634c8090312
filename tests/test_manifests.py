"""A manifest that names what is not there is refused at start, by file and line."""

import itertools
import shutil
import subprocess
import sys

import pytest
from house.databases import PROJECT_FOLDER

from meridian.engine.modules import (
    OFFERS,
    SLOTS,
    Job,
    MenuPage,
    Module,
    NoticeKind,
    Offer,
    Part,
    ProofOf,
    Reaction,
    System,
)
from meridian.engine.modules.registry import modules
from meridian.site import discovery, doctor, manifests
from meridian.site.manifests_in_full import faults_when_asked

FOLDER = next(folder for folder, _module in manifests.read() if folder.name == "inventory")
WRONG = {
    "section": ({"section": "attic"}, "no module declares a menu section “attic”"),
    "icon": ({"icon": "unicorn"}, "no icon “unicorn”"),
    "icon of a page": ({"pages": (MenuPage("X", "inventory-server-list", "unicorn"),)}, "no icon “unicorn”"),
    "address": ({"pages": (MenuPage("X", "inventory-attic"),)}, "the address “inventory-attic”"),
    "permission": (
        {
            "parts": (
                Part(
                    "panel",
                    "parts.facility_panel",
                    on="facilities.facility",
                    permission="inventory.attic.view",
                ),
            )
        },
        "“inventory.attic.view” is of no noun",
    ),
    "person of a menu": (
        {"pages": (MenuPage("X", "inventory-server-list", menu_of={"king": 1}),)},
        "no kind of person is called “king”",
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
    "offer": ({"offers": (Offer("attic", "parts.facility_panel"),)}, "nothing takes offers to “attic”"),
    "table without a name": (
        {"offers": (Offer("table", "parts.facility_panel"),)},
        "needs a name and a title",
    ),
    "two tables": (
        {
            "offers": tuple(
                Offer("table", "parts.facility_panel", name="rooms", title="Rooms") for _twice in "ab"
            )
        },
        "another table is called “rooms”",
    ),
    "files": (
        {"offers": (Offer("file_reader", "parts.facility_panel", on="inventory.attic"),)},
        "no model “inventory.attic”",
    ),
    "event": (
        {"reactions": (Reaction("inventory.Burned", "parts.facility_panel"),)},
        "no module publishes the event “inventory.Burned”",
    ),
    "higher event": (
        {"reactions": (Reaction("servicedesk.ItemOpened", "parts.facility_panel"),)},
        "“servicedesk.ItemOpened” happens on a higher floor",
    ),
    "job": ({"jobs": (Job("jobs.sweep"),)}, "“jobs.sweep” names no file"),
    "page of a system": ({"systems": (System("X", pages=("attic",)),)}, "the address “attic”"),
    "command of a system": ({"systems": (System("X", commands=("fly",)),)}, "no command “fly”"),
    "function of a proof": ({"proofs": (ProofOf("parts.attic"),)}, "parts.py defines no “attic”"),
    "function": ({"parts": (Part("tile", "parts.attic", on="places.site"),)}, "parts.py defines no “attic”"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_there_is_told_with_file_and_line(name):
    wrong, sentence = WRONG[name]
    module = Module(**{"name": "inventory", "title": "X", "section": "holdings"} | wrong)
    others = [(folder, other) for folder, other in manifests.read() if folder.name != "inventory"]
    (found,) = manifests.faults([*others, (FOLDER, module)])
    assert sentence in found
    declared = (module.pages, module.notices, module.parts, module.offers, module.reactions, module.jobs)
    innermost = [*itertools.chain(*declared, module.systems, module.proofs), module][0]
    assert f"tests/test_manifests.py, line {innermost.line}: " in found


def test_a_reaction_on_a_condition_that_is_not_there_is_told():
    known = manifests.read()
    (projects,) = [folder for folder, _module in known if folder.name == "projects"]
    reaction = Reaction("projects.ChangeAsked", "reactions.tell_of_asked_change", when="reactions.attic")
    module = Module("projects", "X", "desk", reactions=(reaction,))
    others = [(folder, other) for folder, other in known if folder.name != "projects"]
    (found,) = manifests.faults([*others, (projects, module)])
    assert "reactions.py defines no “attic”" in found


@pytest.mark.django_db
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
        ({"jobs": (Job("jobs.sweep"),)}, "“jobs.sweep” can't be imported"),
        ({"proofs": (ProofOf("parts.attic"),)}, "can't be imported"),
        ({"systems": (System("X", pages=("attic",)),)}, "no page has the address “attic”"),
        ({"systems": (System("X", commands=("fly",)),)}, "no command `meridian fly`"),
        ({"systems": (System("X", proof="tests/attic.py"),)}, "no file tests/attic.py"),
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
    offered = {offer.to for module in modules() for offer in module.offers}
    assert filled == set(SLOTS)
    assert offered == set(OFFERS)
    assert [name for name in (*SLOTS, *OFFERS) if f"| `{name}` |" not in written] == []


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
