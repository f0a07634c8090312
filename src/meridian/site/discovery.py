"""Finds the modules of the house by looking at its folders, so that adding one edits no list.

A module is a folder `meridian/FLOOR/NAME`. The parts of the engine and of the site are
looked at in the same way. Nothing is imported here but by `import_rooms`.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from django.core.exceptions import ImproperlyConfigured

HOUSE = Path(__file__).resolve().parent.parent
FLOORS = ("solvers", "engine", "registers", "holdings", "work", "steering", "insight", "site")
ROOMS_OF_AN_APP = ("models", "templates", "templatetags", "static", "module")


class WrongManifest(ImproperlyConfigured):
    """One or more manifests name something that is not there; each line says file, line and what."""


@dataclass(frozen=True)
class ModuleFolder:
    """One module: its floor, its name, its folder and its dotted path."""

    floor: str
    name: str
    folder: Path

    @property
    def path(self) -> str:
        """The dotted path, such as `meridian.work.servicedesk`."""
        return f"meridian.{self.floor}.{self.name}"

    def has(self, room: str) -> bool:
        """Whether the module has a file or package of this name."""
        return (self.folder / f"{room}.py").is_file() or (self.folder / room).is_dir()


def modules() -> list[ModuleFolder]:
    """Every module, from the lowest floor up and by name within a floor."""
    return list(_walk())


def _walk() -> Iterator[ModuleFolder]:
    for floor in FLOORS:
        for folder in sorted((HOUSE / floor).iterdir()):
            if (folder / "__init__.py").is_file():
                yield ModuleFolder(floor, folder.name, folder)


def installed_apps() -> list[str]:
    """The dotted path of every module that Django must know: with tables, templates or a manifest.

    Two modules of one name would share a label, so this is refused.
    """
    places: dict[str, str] = {}
    for module in modules():
        if not any(module.has(room) for room in ROOMS_OF_AN_APP):
            continue
        if module.name in places:
            raise ImproperlyConfigured(
                f"The modules {places[module.name]} and {module.path} have the same name; rename one of them."
            )
        places[module.name] = module.path
    return list(places.values())


def has_module(floor: str, name: str) -> bool:
    """Whether the house holds a module with tables at this place."""
    return ModuleFolder(floor, name, HOUSE / floor / name).has("models")


def import_rooms(room: str) -> list[tuple[ModuleFolder, ModuleType]]:
    """Import the room of this name (`pages`, `cli`, ...) of every module that has it."""
    return [
        (module, importlib.import_module(f"{module.path}.{room}")) for module in modules() if module.has(room)
    ]


def locale_folders() -> list[Path]:
    """Every folder of message catalogues in the house, that of the site first."""
    return [folder for folder in [*HOUSE.glob("*/locale"), *HOUSE.glob("*/*/locale")] if folder.is_dir()]


def classes_in(room: str, base: type) -> Iterator[type]:
    """Every class made from `base` that the rooms of this name, and the files in them, define."""
    for _module, package in import_rooms(room):
        names = [place.name for place in pkgutil.iter_modules(getattr(package, "__path__", ()))]
        files = [importlib.import_module(f"{package.__name__}.{name}") for name in names if name != "tests"]
        for file in (package, *files):
            for found in vars(file).values():
                if isinstance(found, type) and issubclass(found, base) and found.__module__ == file.__name__:
                    yield found
