"""Takes in the manifests of the modules, and refuses what is wrong in them by file and line.

At start they are checked without importing what they name; `site.manifests_in_full` goes further.
"""

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps

from meridian.engine.design.templatetags.design import ICON_NAMES
from meridian.engine.modules import (
    EVERYBODY,
    NO_SECTION,
    OFFERS,
    SLOTS,
    Declared,
    Module,
    Offer,
    Part,
    Reaction,
    System,
)
from meridian.site import discovery
from meridian.site.discovery import FLOORS, ModuleFolder, WrongManifest
from meridian.site.environment import project_folder

CODE = re.compile(r"[a-z_]+\.[a-z_]+\.[a-z_]+")
GENERATED_PAGES = ("list", "add", "bulk", "export", "import", "detail", "history", "edit", "remove")


def read() -> list[tuple[ModuleFolder, Module]]:
    """Every module with its manifest, from the lowest floor up; `WrongManifest` when one is wrong."""
    found = [(folder, room.MODULE) for folder, room in discovery.import_rooms("module")]
    if wrong := list(faults(found)):
        raise WrongManifest("\n".join(wrong))
    return found


def faults(found: list[tuple[ModuleFolder, Module]]) -> Iterator[str]:
    """What can be seen to be wrong without importing anything."""
    house = House(found)
    yield from _sections([module for _folder, module in found])
    for folder, module in found:
        yield from _menu(folder, module, house)
        for part in module.parts:
            yield from _part(folder, part, house)
        for offer in module.offers:
            yield from _offer(folder, offer, house)
        for reaction in module.reactions:
            yield from _reaction(folder, reaction, house)
        for named in module.functions():
            yield from _function(folder, named, named.by)
        for system in module.systems:
            yield from _system(folder, system, house)


class House:
    """What there is to be named: the floors of models, the folders of modules, names given so far."""

    def __init__(self, found: list[tuple[ModuleFolder, Module]]) -> None:
        self.floors = {model._meta.label_lower: model.__module__.split(".")[1] for model in apps.get_models()}
        self.folders = {folder.name: folder for folder, _module in found}
        self.tables: set[str] = set()
        self.kinds = tuple(name for _folder, module in found for name, _title in module.kinds)

    def above(self, folder: ModuleFolder, floor: str) -> bool:
        """Whether a floor is higher than that of a module."""
        return FLOORS.index(floor) > FLOORS.index(folder.floor)


def told(declared: Declared, sentence: str) -> str:
    """A fault with the place where it is written."""
    file = Path(declared.file)
    root = project_folder()
    shown = file.relative_to(root) if file.is_relative_to(root) else file
    return f"{shown}, line {declared.line}: {sentence}."


def one_of(names: tuple[str, ...]) -> str:
    return f"choose one of {', '.join(names)}"


def _sections(modules: list[Module]) -> Iterator[str]:
    sections = [section for module in modules for section in module.sections]
    names = [section.name for section in sections]
    for section in sections:
        if names.count(section.name) > 1:
            yield told(section, f"the menu section “{section.name}” is declared more than once")
    for module in modules:
        if module.section not in (NO_SECTION, *names):
            known = one_of(tuple(names))
            yield told(module, f"no module declares a menu section “{module.section}”: {known}")


def _menu(folder: ModuleFolder, module: Module, house: House) -> Iterator[str]:
    yield from _icon(module, module.icon)
    for page in module.pages:
        yield from _icon(page, page.icon)
        yield from _address(folder, page, page.url_name, house)
        yield from _kinds(page, page.menu_of, house)
    for declared in (*module.notices, *module.parts, *module.proofs, *module.link_purposes):
        yield from _permission(folder, declared, house)


def _icon(declared: Declared, icon: str) -> Iterator[str]:
    if icon and icon not in ICON_NAMES:
        yield told(declared, f"the sprite has no icon “{icon}”")


def _address(folder: ModuleFolder, declared: Declared, name: str, house: House) -> Iterator[str]:
    stem, _dash, kind = name.rpartition("-")
    if kind in GENERATED_PAGES and stem.replace("-", ".") in house.floors:
        return
    if not written(folder, "pages", name):
        yield told(declared, f"no page of the module has the address “{name}”")


def _kinds(declared: Declared, named: Iterable[str], house: House) -> Iterator[str]:
    for name in named:
        if name not in house.kinds:
            yield told(declared, f"no kind of person is called “{name}”: {one_of(house.kinds)}")


def _permission(folder: ModuleFolder, declared: Declared, house: House) -> Iterator[str]:
    code = getattr(declared, "permission", "")
    if not code:
        return
    if not CODE.fullmatch(code):
        yield told(declared, f"“{code}” is no permission, which is a module, a noun and a verb")
    elif code.rpartition(".")[0] not in house.floors and not written(folder, "", code):
        yield told(declared, f"the permission “{code}” is of no noun that there is")


def _part(folder: ModuleFolder, part: Part, house: House) -> Iterator[str]:
    if part.slot not in SLOTS:
        yield told(part, f"there is no slot “{part.slot}”: {one_of(SLOTS)}")
    elif part.slot == "first_page":
        yield from _kinds(part, {part.on} - {EVERYBODY}, house)
    else:
        yield from _model(folder, part, part.on, house)


def _model(folder: ModuleFolder, declared: Declared, label: str, house: House) -> Iterator[str]:
    if label not in house.floors:
        yield told(declared, f"there is no model “{label}”; say the module and the noun, as in places.site")
    elif house.above(folder, house.floors[label]):
        yield told(declared, f"“{label}” stands on a higher floor, which gives its parts downwards itself")


def _offer(folder: ModuleFolder, offer: Offer, house: House) -> Iterator[str]:
    if offer.to not in OFFERS:
        yield told(offer, f"nothing takes offers to “{offer.to}”: {one_of(OFFERS)}")
    if offer.to == "table":
        if not (offer.name and offer.title):
            yield told(offer, "a table needs a name and a title")
        elif offer.name in house.tables:
            yield told(offer, f"another table is called “{offer.name}”")
        house.tables.add(offer.name)
    if offer.proof:
        yield from _function(folder, offer, offer.proof)
    if offer.to in ("file_reader", "approved"):
        yield from _model(folder, offer, offer.on, house)


def _reaction(folder: ModuleFolder, reaction: Reaction, house: House) -> Iterator[str]:
    name, _dot, event = reaction.to.partition(".")
    owner = house.folders.get(name)
    place = owner and _file_of(owner, "events")
    if owner is None or place is None or event not in names_in(place):
        yield told(reaction, f"no module publishes the event “{reaction.to}”")
    elif house.above(folder, owner.floor):
        yield told(reaction, f"“{reaction.to}” happens on a higher floor")
    if reaction.when:
        yield from _function(folder, reaction, reaction.when)


def _system(folder: ModuleFolder, system: System, house: House) -> Iterator[str]:
    for page in system.pages:
        yield from _address(folder, system, page, house)
    for name in system.commands:
        if not (written(folder, "cli", name) or written(folder, "verbs", name)):
            yield told(system, f"the module has no command “{name}”")


def _function(folder: ModuleFolder, declared: Declared, by: str) -> Iterator[str]:
    room, _dot, name = by.rpartition(".")
    place = _file_of(folder, room)
    if place is None:
        yield told(declared, f"“{by}” names no file of the module {folder.path}")
    elif name not in names_in(place):
        yield told(declared, f"{place.name} defines no “{name}”, which “{by}” names")


def _file_of(folder: ModuleFolder, room: str) -> Path | None:
    place = folder.folder.joinpath(*room.split("."))
    candidates = (place.with_suffix(".py"), place / "__init__.py")
    return next((path for path in candidates if room and path.is_file()), None)


@functools.cache
def names_in(place: Path) -> frozenset[str]:
    """What a file defines or imports at its top, read without running it."""
    found: set[str] = set()
    for node in ast.parse(place.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
    return frozenset(found)


def written(folder: ModuleFolder, room: str, text: str) -> bool:
    """Whether a room of the module, or any of its rooms, holds this text between quotation marks."""
    files = [folder.folder / f"{room}.py", *(folder.folder / room).rglob("*.py")]
    lines = (path.read_text(encoding="utf-8") for path in files if path.is_file() and path.stem != "module")
    return any(f'"{text}"' in text_of_file for text_of_file in lines)
