"""Where somebody may go: the short menu of a kind of person, and every register by section.

Nothing here is asked twice: a page says itself whom it lets in, and an entry is shown to those
whom its page lets in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import MenuPage, Module
from meridian.engine.modules.registry import modules, sections
from meridian.engine.pages.entry import may_enter, permission_of
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import Resource, resources
from meridian.engine.values import resource_name

# First page and all registers included: more are read through, not seen.
MOST_ENTRIES = 9
FIRST_PAGE, ALL_REGISTERS = _("First page"), _("All registers")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to go to; `module` is the title of what it belongs to."""

    title: str
    url: str
    icon: str
    module: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that belong together, under a title."""

    title: str
    entries: tuple[Entry, ...]


def short_menu(actor: Actor) -> tuple[Entry, ...]:
    """The first page, what the actor's kind of person works with, and the way to everything else."""
    return _short_menu(actor, get_language() or settings.LANGUAGE_CODE)


def all_registers(actor: Actor) -> tuple[Section, ...]:
    """Every page and list that the actor may open, by section; sections without any are left out."""
    return _all_registers(actor, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=256)
def _short_menu(actor: Actor, _language: str) -> tuple[Entry, ...]:
    found: list[tuple[int, Entry]] = []
    for module, declared in _declared():
        for page in module.pages:
            if actor.kind in page.menu_of and _lets_in(page, actor):
                found.append((page.menu_of[actor.kind], _page_entry(page, module)))
        for resource in declared:
            if actor.kind in resource.menu_of and policy_of(resource.model).may(actor, "view"):
                found.append((resource.menu_of[actor.kind], _list_entry(resource, module)))
    found.sort(key=lambda placed: (placed[0], placed[1].title))
    return (
        Entry(str(FIRST_PAGE), reverse("home"), "home"),
        *(entry for _place, entry in found),
        Entry(str(ALL_REGISTERS), reverse("all-registers"), "menu"),
    )


@lru_cache(maxsize=256)
def _all_registers(actor: Actor, _language: str) -> tuple[Section, ...]:
    found = []
    for section in sections():
        entries = [
            entry
            for module, declared in _declared()
            if module.section == section.name
            for entry in _entries(module, declared, actor)
        ]
        if entries:
            found.append(Section(str(section.title), tuple(entries)))
    return tuple(found)


def _declared() -> Iterator[tuple[Module, list[type[Resource]]]]:
    """Every module with the registers that it shows by themselves."""
    by_module: dict[str, list[type[Resource]]] = {}
    for resource in resources():
        if resource.in_menu:
            by_module.setdefault(resource.module(), []).append(resource)
    for module in modules():
        yield module, by_module.get(module.name, [])


def _entries(module: Module, declared: list[type[Resource]], actor: Actor) -> Iterator[Entry]:
    for page in module.pages:
        if _lets_in(page, actor):
            yield _page_entry(page, module)
    for resource in declared:
        if policy_of(resource.model).may(actor, "view"):
            yield _list_entry(resource, module)


def _lets_in(page: MenuPage, actor: Actor) -> bool:
    return may_enter(actor, permission_of(resolve(reverse(page.url_name)).func))


def _page_entry(page: MenuPage, module: Module) -> Entry:
    return Entry(str(page.title), reverse(page.url_name), page.icon or module.icon, str(module.title))


def _list_entry(resource: type[Resource], module: Module) -> Entry:
    title = str(resource.model._meta.verbose_name_plural)
    url = reverse(f"{resource_name(resource)}-list")
    return Entry(title[:1].upper() + title[1:], url, resource.icon or module.icon, str(module.title))
