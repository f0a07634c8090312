"""Asks for everything that the manifests name: for `meridian doctor` and a house test."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, get_resolver, reverse

from meridian.engine.modules import Declared, Module, NoticeKind, Part, ProofOf, System
from meridian.engine.modules.registry import found_in
from meridian.engine.pages.entry import all_addresses
from meridian.engine.resources import asked_permissions
from meridian.site import cli
from meridian.site.discovery import ModuleFolder
from meridian.site.manifests import told


def faults_when_asked(found: list[tuple[ModuleFolder, Module]]) -> Iterator[str]:
    """What is wrong once everything that the manifests name is imported and asked for."""
    known = asked_permissions()
    names = {pattern.name for pattern in all_addresses(get_resolver().url_patterns)}
    for folder, module in found:
        for page in module.pages:
            try:
                reverse(page.url_name)
            except NoReverseMatch:
                yield told(page, f"no page has the address “{page.url_name}”")
        declarations: tuple[NoticeKind | Part | ProofOf, ...] = (
            *module.notices,
            *module.parts,
            *module.proofs,
        )
        for declared in declarations:
            code = declared.permission
            if code and code not in known:
                yield told(declared, f"nothing asks for the permission “{code}”")
        for named, by in _functions(module):
            yield from _not_a_function(named, folder.path, by)
        for system in module.systems:
            yield from _system(system, folder, names)


def _functions(module: Module) -> Iterator[tuple[Declared, str]]:
    """Every dotted name of a function, with the line that says it."""
    yield from ((named, named.by) for named in module.functions())
    yield from ((offer, offer.proof) for offer in module.offers if offer.proof)
    yield from ((reaction, reaction.when) for reaction in module.reactions if reaction.when)


def _not_a_function(declared: Declared, package: str, by: str) -> Iterator[str]:
    try:
        found = found_in(package, by)
    except (ImportError, AttributeError) as fault:
        yield told(declared, f"“{by}” can't be imported: {fault}")
    else:
        if not callable(found):
            yield told(declared, f"“{by}” is no function")


def _system(system: System, folder: ModuleFolder, names: set[str | None]) -> Iterator[str]:
    for page in system.pages:
        if page not in names:
            yield told(system, f"no page has the address “{page}”")
    for name in system.commands:
        if name not in cli.commands():
            yield told(system, f"there is no command `meridian {name}`")
    if system.proof and not (folder.folder / system.proof).is_file():
        yield told(system, f"the module has no file {system.proof}")
