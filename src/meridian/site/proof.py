"""Asks for everything that the manifests name: for `meridian doctor` and a house test."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, get_resolver, reverse

from meridian.engine.modules import MenuPage, Module, NoticeKind, Part
from meridian.engine.modules.registry import GivenPart
from meridian.engine.pages.entry import all_addresses, permission_of
from meridian.engine.policies import policy_of
from meridian.engine.resources import resources
from meridian.site.discovery import ModuleFolder
from meridian.site.manifests import told, written

STANDARD_ACTIONS = {"view", "export", "import", "add", "change", "remove"}


def faults_when_asked(found: list[tuple[ModuleFolder, Module]]) -> Iterator[str]:
    """What is wrong once everything that the manifests name is imported and asked for."""
    known = set(_permissions())
    for folder, module in found:
        for page in module.pages:
            try:
                reverse(page.url_name)
            except NoReverseMatch:
                yield told(page, f"no page has the address “{page.url_name}”")
        declarations: tuple[MenuPage | NoticeKind | Part, ...] = (
            *module.pages,
            *module.notices,
            *module.parts,
        )
        for declared in declarations:
            code = declared.permission
            if code and code not in known and not _asked(found, code):
                yield told(declared, f"nothing asks for the permission “{code}”")
        for part in module.parts:
            try:
                callable_part = callable(GivenPart(part, module.name, folder.path).function)
            except (ImportError, AttributeError) as fault:
                yield told(part, f"“{part.by}” can't be imported: {fault}")
            else:
                if not callable_part:
                    yield told(part, f"“{part.by}” is no function")


def _asked(found: list[tuple[ModuleFolder, Module]], code: str) -> bool:
    """Whether the module of a noun asks for the verb by itself, in a command or a page."""
    named, _dot, action = code.rpartition(".")
    return any(
        folder.name == named.split(".")[0] and written(folder, "", action) for folder, _module in found
    )


def _permissions() -> Iterator[str]:
    """Every permission that a resource or a page asks for."""
    for resource in resources():
        policy = policy_of(resource.model)
        for action in {*STANDARD_ACTIONS, *resource.verbs, *policy.leaving, *policy.confers.values()}:
            yield policy.code(action)
    for pattern in all_addresses(get_resolver().url_patterns):
        yield permission_of(pattern.callback)
