"""Plain nouns for tests of the engine, which itself knows none."""

from typing import Any

from house.factory import MAKER
from house.seeds import tampering
from meridian.engine.policies import Actor, Grant
from meridian.registers.access.commands import change_role, remove_holding
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.organisation.commands import add_unit, change_unit
from meridian.registers.organisation.models import Unit
from meridian.registers.people.commands import add_affiliation, add_delegation, change_delegation
from meridian.registers.people.models import Affiliation, Delegation, Person
from meridian.registers.places.commands import add_region, change_region, remove_region
from meridian.registers.places.models import Country, DutyStation, Region, Site

__all__ = [
    "Account",
    "Affiliation",
    "Country",
    "Delegation",
    "DutyStation",
    "Holding",
    "Person",
    "Region",
    "Role",
    "Site",
    "Unit",
    "add_affiliation",
    "add_delegation",
    "add_region",
    "change_delegation",
    "change_region",
    "change_role",
    "change_unit",
    "keeper",
    "region",
    "remove_holding",
    "remove_region",
    "tampering",
    "unit",
]


def region(code: str, **fields: Any) -> Region:
    """A region, added by its command."""
    return add_region(actor=MAKER, code=code, **({"name": {"en": f"Region {code}"}} | fields))


def unit(code: str, **fields: Any) -> Unit:
    """A unit, added by its command."""
    return add_unit(actor=MAKER, code=code, **({"name": {"en": code}, "starts_on": "2020-01-01"} | fields))


def keeper(*permissions: str, path: str = "", account_id: int | None = 999_999_999) -> Actor:
    """An actor with permissions at a unit and below, everywhere without a path."""
    return Actor(account_id, None, "keeper", (Grant(frozenset(permissions), path),))
