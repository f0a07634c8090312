"""The modules that the site has found, for menus, slots, documentation and checks."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from meridian.engine.modules import Module, NoticeKind, Part, Section

_modules: dict[str, Module] = {}
_parts: dict[tuple[str, str], list["GivenPart"]] = {}


@dataclass(frozen=True, slots=True)
class GivenPart:
    """A part with the module that gives it; `package` is the module's dotted path."""

    part: Part
    module: str
    package: str

    @property
    def name(self) -> str:
        """What tells it from every other part of its slot, such as `inventory.site_servers`."""
        return f"{self.module}.{self.part.function_name}"

    @property
    def function(self) -> Callable[..., Any]:
        """The function behind the part, imported when it is first asked for."""
        return _function(self.package, self.part.by)


@functools.cache
def _function(package: str, by: str) -> Callable[..., Any]:
    room, _dot, name = by.rpartition(".")
    function: Callable[..., Any] = getattr(import_module(f"{package}.{room}"), name)
    return function


def take_in(found: Iterable[tuple[str, Module]]) -> None:
    """Replace what is known by the modules, each with its dotted path; the site calls this once at start."""
    _modules.clear()
    _parts.clear()
    for package, module in found:
        _modules[module.name] = module
        for part in module.parts:
            given = GivenPart(part, module.name, package)
            _parts.setdefault((part.slot, part.on), []).append(given)
    for parts in _parts.values():
        parts.sort(key=lambda given: (given.part.place, given.name))


def modules() -> list[Module]:
    """Every module, ordered by its place in the menu."""
    return sorted(_modules.values(), key=lambda module: (module.section, module.place, module.name))


def module_of(name: str) -> Module | None:
    return _modules.get(name)


def sections() -> list[Section]:
    """Every section of the menu that modules declare, in its order."""
    found = [section for module in _modules.values() for section in module.sections]
    return sorted(found, key=lambda section: (section.place, section.name))


def parts_of(slot: str, on: str) -> list[GivenPart]:
    """What modules give to this slot of the pages of a model or a kind of person, in its order."""
    return _parts.get((slot, on), [])


def notice_kinds() -> dict[str, NoticeKind]:
    """Every kind of notice by its code, such as `notifications.answered`."""
    return {f"{module.name}.{kind.name}": kind for module in modules() for kind in module.notices}
