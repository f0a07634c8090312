"""The permissions that something in the house asks for: what means none of them is refused in words."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.commands import STANDARD, commands
from meridian.engine.modules.registry import modules
from meridian.engine.policies import policy_of
from meridian.engine.policies.actor import matches
from meridian.engine.resources.registry import has_resource, resource_of, resources
from meridian.engine.resources.resource import Resource
from meridian.kernel.words import near

SEGMENTS = 3
LONGEST_SHOWN = 80


def known_permissions() -> set[str]:
    """Every code that a resource, a command, a policy or a manifest names: module, noun and action."""
    found = {code for resource in resources() for code in _of_resource(resource)}
    found |= {
        policy_of(facts.model).code(facts.action)
        for facts in commands().values()
        if has_resource(facts.model)
    }
    return found | {code for module in modules() for code in module.permissions}


def asked_permissions() -> set[str]:
    """What pages and parts may ask for: the known ones, and what a policy narrows one of them to."""
    narrowed = (
        f"{resource.model._meta.label_lower}.{action}"
        for resource in resources()
        for action in policy_of(resource.model).narrower
    )
    return known_permissions().union(narrowed)


def _of_resource(resource: type[Resource]) -> Iterator[str]:
    """What pages, files and commands ask of its rows, and of those that they put into somebody's charge."""
    policy = policy_of(resource.model)
    actions = {"view", "export", policy.inner, *policy.leaving, *(verb.action for verb in resource.verbs)}
    actions |= {action for action in STANDARD if getattr(resource, action)}
    if resource.add or resource.change:
        actions.add("import")
    if "attachments" in resource.abilities:
        actions |= {"attach", "change"}
    yield from map(policy.code, actions)
    for name, action in policy.confers.items():
        referred = resource.field(name).related_model
        if has_resource(referred):
            yield policy_of(referred).code(action)


def check_permissions(texts: Iterable[str]) -> None:
    """A validator of permissions and scopes: each text covers something that is asked for.

    A text has up to three segments, a word or `*` each: `library`, `library.book`, `*.*.view`.
    """
    known = known_permissions()
    for text in texts:
        if not _covers(text, known):
            raise ValidationError(_sentence(text, known))


def unknown_permissions() -> Iterator[tuple[models.Model, list[str]]]:
    """Rows that hold texts which mean nothing any more, or never did, with these texts."""
    known = known_permissions()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if check_permissions not in field.validators or not has_resource(model):
                continue
            related = resource_of(model).related
            for row in model._default_manager.select_related(*related).order_by("pk").iterator():
                texts = [text for text in getattr(row, field.name) if not _covers(text, known)]
                if texts:
                    yield row, texts


def _covers(text: str, known: set[str]) -> bool:
    return text.count(".") < SEGMENTS and any(matches(text, code) for code in known)


def _sentence(text: str, known: set[str]) -> str:
    said = _("Nothing asks for the permission “%(text)s”.") % {"text": text[:LONGEST_SHOWN]}
    meant = near(text[:LONGEST_SHOWN], sorted(_candidates(known, "*" in text)))
    if not meant:
        return said + " " + _("Write module, noun and action, parted by points, or * for any.")
    words = ", ".join(f"“{word}”" for word in meant)
    return f"{said} {_('Did you mean %(words)s?') % {'words': words}}"


def _candidates(known: set[str], open_ones: bool) -> Iterator[str]:
    """What may have been meant: codes and their beginnings, and any noun's action where a `*` was typed."""
    for code in known:
        module, noun, action = code.split(".")
        yield from (module, f"{module}.{noun}", code)
        if open_ones:
            yield from (f"{module}.*.{action}", f"*.*.{action}")
