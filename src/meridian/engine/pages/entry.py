"""Who is let in at an address: every page says it, and is closed to all when it doesn't."""

import functools
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar

from django.db import models
from django.urls import URLPattern, URLResolver
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meridian.engine.commands import Unpermitted
from meridian.engine.pages.asked import HOUSE
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import resources

PUBLIC, SIGNED_IN = "everybody", "signed in"
GENERATED = f"{HOUSE}engine.pages."
View = TypeVar("View", bound=Callable[..., Any])


def needs(
    permission: str, otherwise: str | Promise = "", *, programs: bool = False
) -> Callable[[View], View]:
    """Say whom a page lets in: `PUBLIC`, `SIGNED_IN` or a permission; `otherwise` says why not.

    A permission lets in whoever may do that to any row at all, by a role or by themself; to which
    rows is the page's own question. The pages of a resource name the action alone. Programs, who come
    with a token, have the interface and the generated pages; a page made by hand brings together rows
    of many kinds and is for people, unless it says that it is for `programs` too.
    """

    def mark(view: View) -> View:
        view.needs, view.otherwise = permission, otherwise  # type: ignore[attr-defined]
        view.programs = programs  # type: ignore[attr-defined]
        return view

    return mark


def let_in(patterns: Collection[Any], public: Collection[str]) -> Collection[Any]:
    """Addresses that a library brought along: those named in `public` are for everybody, the
    others for whoever has signed in."""
    for pattern in all_addresses(patterns):
        needs(PUBLIC if pattern.name in public else SIGNED_IN)(pattern.callback)
    return patterns


def all_addresses(patterns: Collection[Any], before: str = "/") -> Iterator[URLPattern]:
    """The patterns at the ends of the tree; each learns its `whole` address."""
    for pattern in patterns:
        whole = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from all_addresses(pattern.url_patterns, whole)
        else:
            pattern.whole = whole
            yield pattern


def permission_of(view: Callable[..., Any]) -> str:
    """What a page needs, in full; empty when it says nothing."""
    named = str(getattr(view, "needs", ""))
    if named in ("", PUBLIC, SIGNED_IN) or "." in named:
        return named
    page: Any = getattr(view, "__self__", view)
    return f"{page.resource.model._meta.label_lower}.{named}"


def may_enter(actor: Actor, permission: str) -> bool:
    """Whether somebody is let in where this is needed."""
    if permission in (PUBLIC, SIGNED_IN):
        return permission == PUBLIC or (actor.known and actor.scopes is None)
    noun, _dot, action = permission.rpartition(".")
    model = _models().get(noun)
    return actor.holds(permission) if model is None else policy_of(model).may(actor, action)


def refuse_entry(actor: Actor, view: Callable[..., Any]) -> None:
    """Raise `Unpermitted` before a page is asked; a page of the house that says nothing is closed."""
    permission = permission_of(view)
    if not permission and not getattr(view, "__module__", "").startswith(HOUSE):
        return
    if permission and may_enter(actor, permission) and (actor.scopes is None or is_for_programs(view)):
        return
    if not actor.known:
        raise Unpermitted(_("Sign in to see this."))
    if actor.scopes is not None and not is_for_programs(view):
        raise Unpermitted(_("This page is for people: programs ask the interface below /api/."))
    raise Unpermitted(
        getattr(view, "otherwise", "")
        or _("You may not see this (%(permission)s). Ask whoever gives out roles in your unit.")
        % {"permission": permission}
    )


def is_for_programs(view: Callable[..., Any]) -> bool:
    """Whether a page lets tokens in: what everybody sees, what is generated, and what says so."""
    return (
        permission_of(view) == PUBLIC
        or getattr(view, "programs", False)
        or getattr(view, "__module__", "").startswith(GENERATED)
    )


@functools.cache
def _models() -> dict[str, type[models.Model]]:
    return {resource.model._meta.label_lower: resource.model for resource in resources()}
