"""The modules that the site has found, and what their manifests name, imported when it is first used."""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from meridian.engine.modules import (
    Errand,
    Job,
    LinkPurpose,
    Module,
    NoticeKind,
    Offer,
    Part,
    ProofOf,
    Reaction,
    Section,
)

Named = TypeVar("Named", Part, Offer, Reaction, Job, Errand, LinkPurpose, ProofOf)
# What every proof is asked beside its own arguments: the number on the page, and when it was made.
SHOWN, AT = "shown", "at"


@dataclass(frozen=True, slots=True)
class Given(Generic[Named]):
    """A line of a manifest that names a function; `package` is the dotted path of its module."""

    declared: Named
    module: str
    package: str

    @property
    def name(self) -> str:
        """What tells it from every other of its kind, such as `inventory.facility_panel`."""
        return f"{self.module}.{self.declared.by.rpartition('.')[2]}"

    @property
    def function(self) -> Callable[..., Any]:
        """The function behind it, imported when it is first asked for."""
        return found_in(self.package, self.declared.by)


@functools.cache
def found_in(package: str, by: str) -> Any:
    """What the dotted name `by` means inside a module."""
    room, _dot, name = by.rpartition(".")
    return getattr(import_module(f"{package}.{room}"), name)


_packages: dict[str, str] = {}
_modules: dict[str, Module] = {}
_parts: dict[tuple[str, str], list[Given[Part]]] = {}
_offers: dict[str, list[Given[Offer]]] = {}
_reactions: dict[str, list[Given[Reaction]]] = {}
_jobs: dict[str, Given[Job]] = {}
_errands: dict[str, Given[Errand]] = {}
_proofs: dict[str, Given[ProofOf]] = {}
_purposes: dict[str, Given[LinkPurpose]] = {}


def take_in(found: Iterable[tuple[str, Module]]) -> None:
    """Replace what is known by the modules, each with its dotted path; the site calls this once at start."""
    for known in (_packages, _modules, _parts, _offers, _reactions, _jobs, _errands, _proofs, _purposes):
        known.clear()
    for package, module in found:
        _packages[module.name] = package
        _modules[module.name] = module
        for part in module.parts:
            _parts.setdefault((part.slot, part.on), []).append(Given(part, module.name, package))
        for offer in module.offers:
            _offers.setdefault(offer.to, []).append(Given(offer, module.name, package))
        for reaction in module.reactions:
            _reactions.setdefault(reaction.to, []).append(Given(reaction, module.name, package))
        for purpose in module.link_purposes:
            _purposes[f"{module.name}.{purpose.name}"] = Given(purpose, module.name, package)
        by_name: Any = ((_jobs, module.jobs), (_errands, module.errands), (_proofs, module.proofs))
        for known, named in by_name:
            given_by = (Given(declared, module.name, package) for declared in named)
            known.update({given.name: given for given in given_by})
    for parts in _parts.values():
        parts.sort(key=lambda given: (given.declared.place, given.name))
    for offers in _offers.values():
        offers.sort(key=lambda given: (given.declared.place, given.name))


def taken_in() -> list[tuple[str, Module]]:
    """What `take_in` was given."""
    return [(_packages[name], module) for name, module in _modules.items()]


def modules() -> list[Module]:
    """Every module, ordered by its place in the menu."""
    return sorted(_modules.values(), key=lambda module: (module.section, module.place, module.name))


def sections() -> list[Section]:
    """Every section of the menu that modules declare, in its order."""
    found = [section for module in _modules.values() for section in module.sections]
    return sorted(found, key=lambda section: (section.place, section.name))


def package_of(name: str) -> str:
    """The dotted path of a module."""
    return _packages[name]


def parts_of(slot: str, on: str) -> list[Given[Part]]:
    """What modules give to this slot of the pages of a model or a kind of person, in its order."""
    return _parts.get((slot, on), [])


def offers_to(mechanism: str, on: str = "") -> Iterator[Given[Offer]]:
    """What modules offer to a mechanism (one of `OFFERS`), in its order; `on` a model where it has any."""
    return (given for given in _offers.get(mechanism, ()) if given.declared.on == on)


def reactions_to(event: str) -> list[Given[Reaction]]:
    """Who hears of an event, such as `servicedesk.ItemOpened`."""
    return _reactions.get(event, [])


def events_heard() -> dict[str, list[Given[Reaction]]]:
    """Every event that somebody hears of."""
    return dict(_reactions)


def jobs() -> dict[str, Given[Job]]:
    """Every job of the worker by its name, such as `servicedesk.wake`."""
    return dict(_jobs)


def errand_with(name: str) -> Given[Errand]:
    """The kind of errand of this name, such as `exchange.take_out`; KeyError when there is none."""
    return _errands[name]


def link_purposes() -> dict[str, Given[LinkPurpose]]:
    """Every purpose of links in mails by its code, such as `surveys.rate`."""
    return _purposes


def kinds_of_person() -> dict[str, str]:
    """What people are at work, by its title in the language now in force."""
    return {name: str(title) for module in modules() for name, title in module.kinds}


def notice_kinds() -> dict[str, NoticeKind]:
    """Every kind of notice by its code, such as `notifications.answered`."""
    return {f"{module.name}.{kind.name}": kind for module in modules() for kind in module.notices}


def deeds() -> dict[str, str]:
    """What the trail notes beside commands, by its title in the language now in force."""
    return {deed.name: str(deed.title) for module in modules() for deed in module.deeds}


def proofs() -> list[Given[ProofOf]]:
    """Every proof that a module declares, in the order of names."""
    return [_proofs[name] for name in sorted(_proofs)]


def listed_address(
    model: str, number: Decimal | int, asked: Mapping[str, Any], *, may: str = "", added: str = ""
) -> str:
    """Where the number is proved that counts the rows of a list as it is `asked`, or sums their `added`."""
    narrowed = urlencode(asked, doseq=True)
    return proof_address("proof.listed", number, of=model, asked=narrowed, may=may, added=added)


def proof_with(name: str) -> Given[ProofOf] | None:
    return _proofs.get(name)


def proof_address(name: str, number: Decimal | int, **arguments: object) -> str:
    """Where the number that a page shows is proved: `number` as it is printed, and as of now.

    KeyError for a proof that no module declares, TypeError for an argument that it doesn't take.
    """
    if unknown := set(arguments) - set(_proofs[name].declared.takes):
        raise TypeError(f"The proof {name} takes no {', '.join(sorted(unknown))}.")
    asked = {key: str(value) for key, value in arguments.items() if value not in ("", None)}
    asked |= {SHOWN: f"{number:f}" if isinstance(number, Decimal) else str(number)}
    asked |= {AT: str(int(timezone.now().timestamp()))}
    return f"{reverse('proof', args=(name,))}?{urlencode(asked, safe=',:/')}"
