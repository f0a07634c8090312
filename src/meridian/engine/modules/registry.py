"""The modules that the site has found, for menus, documentation and checks."""

from collections.abc import Iterable

from meridian.engine.modules import Module, NoticeKind

_modules: dict[str, Module] = {}


def take_in(modules: Iterable[Module]) -> None:
    """Replace what is known by `modules`; the site calls this once at start."""
    _modules.clear()
    _modules.update({module.name: module for module in modules})


def modules() -> list[Module]:
    """Every module, ordered by its place in the menu."""
    return sorted(_modules.values(), key=lambda module: (module.section, module.place, module.name))


def module_of(name: str) -> Module | None:
    return _modules.get(name)


def notice_kinds() -> dict[str, NoticeKind]:
    """Every kind of notice by its code, such as `notifications.answered`."""
    return {f"{module.name}.{kind.name}": kind for module in modules() for kind in module.notices}
