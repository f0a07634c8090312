"""Takes in the manifests of the modules, and refuses what is wrong in them by file and line.

At start they are checked without importing what they name; `site.proof` goes further.
"""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from meridian.engine.design.templatetags.design import ICON_NAMES
from meridian.engine.modules import KINDS_OF_PERSON, SLOTS, Declared, MenuPage, Module, Part
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
    labels = {model._meta.label_lower: model.__module__.split(".")[1] for model in apps.get_models()}
    sections = [section for _folder, module in found for section in module.sections]
    names = [section.name for section in sections]
    for section in sections:
        if names.count(section.name) > 1:
            yield told(section, f"the menu section “{section.name}” is declared more than once")
    for folder, module in found:
        if module.section not in names:
            known = one_of(tuple(names))
            yield told(module, f"no module declares a menu section “{module.section}”: {known}")
        yield from _icon(module, module.icon)
        for page in module.pages:
            yield from _icon(page, page.icon)
            yield from _address(folder, page, labels)
        for declared in (*module.pages, *module.notices, *module.parts):
            yield from _permission(folder, declared, labels)
        for part in module.parts:
            yield from _part(folder, part, labels)


def told(declared: Declared, sentence: str) -> str:
    """A fault with the place where it is written."""
    file = Path(declared.file)
    root = project_folder()
    shown = file.relative_to(root) if file.is_relative_to(root) else file
    return f"{shown}, line {declared.line}: {sentence}."


def one_of(names: tuple[str, ...]) -> str:
    return f"choose one of {', '.join(names)}"


def _icon(declared: Declared, icon: str) -> Iterator[str]:
    if icon and icon not in ICON_NAMES:
        yield told(declared, f"the sprite has no icon “{icon}”")


def _address(folder: ModuleFolder, page: MenuPage, labels: dict[str, str]) -> Iterator[str]:
    stem, _dash, kind = page.url_name.rpartition("-")
    if kind in GENERATED_PAGES and stem.replace("-", ".") in labels:
        return
    if not written(folder, "pages", page.url_name):
        yield told(page, f"no page of the module has the address “{page.url_name}”")


def _permission(folder: ModuleFolder, declared: Declared, labels: dict[str, str]) -> Iterator[str]:
    code = getattr(declared, "permission", "")
    if not code:
        return
    if not CODE.fullmatch(code):
        yield told(declared, f"“{code}” is no permission, which is a module, a noun and a verb")
    elif code.rpartition(".")[0] not in labels and not written(folder, "", code):
        yield told(declared, f"the permission “{code}” is of no noun that there is")


def _part(folder: ModuleFolder, part: Part, labels: dict[str, str]) -> Iterator[str]:
    if part.slot not in SLOTS:
        yield told(part, f"there is no slot “{part.slot}”: {one_of(SLOTS)}")
    elif part.slot == "first_page":
        if part.on not in KINDS_OF_PERSON:
            yield told(part, f"no kind of person is called “{part.on}”: {one_of(KINDS_OF_PERSON)}")
    elif part.on not in labels:
        yield told(part, f"there is no model “{part.on}”; say the module and the noun, as in places.site")
    elif FLOORS.index(labels[part.on]) > FLOORS.index(folder.floor):
        yield told(part, f"“{part.on}” stands on a higher floor, which gives its parts downwards itself")
    room, _dot, name = part.by.rpartition(".")
    place = _file_of(folder, room)
    if place is None:
        yield told(part, f"“{part.by}” names no file of the module {folder.path}")
    elif name not in names_in(place):
        yield told(part, f"{place.name} defines no “{name}”, which “{part.by}” names")


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
