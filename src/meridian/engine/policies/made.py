"""Policies that only differ in a word, made where they are declared."""

from typing import Any

from meridian.engine.policies.own import OwnPolicy
from meridian.engine.policies.policy import Policy


def by_unit(look_up: str = "unit", **facets: Any) -> type[Policy]:
    """Rows that a unit keeps: `look_up` leads from the row to its unit, such as `project__unit`."""
    return _made(Policy, f"by {look_up}", unit=f"{look_up}__path", **facets)


def everywhere(**facets: Any) -> type[Policy]:
    """Rows that belong to no unit: only a right held everywhere counts, beside what `facets` open."""
    return _made(Policy, "everywhere", **facets)


def own(owner: str = "account", **facets: Any) -> type[OwnPolicy]:
    """Rows of one account, which the field `owner` names."""
    return _made(OwnPolicy, f"own {owner}", owner=owner, **facets)


def _made(base: type[Any], name: str, **facets: Any) -> type[Any]:
    """A policy with these facets; sets may be given as lists of words. `TypeError` for an unknown one."""
    unknown = [facet for facet in facets if not hasattr(base, facet) or callable(getattr(base, facet))]
    if unknown:
        raise TypeError(f"A policy has no facets {sorted(unknown)}.")
    sets = {
        facet: frozenset(value) if isinstance(getattr(base, facet), frozenset) else value
        for facet, value in facets.items()
    }
    return type(name, (base,), sets)
