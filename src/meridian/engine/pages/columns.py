"""Which columns of a list somebody wants to see, and in which order its rows."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.listing.asking import PARAMETER, named, not_offered, not_sorting, offered, usual
from meridian.engine.listing.commands import keep_choice, remove_choice
from meridian.engine.listing.models import ListChoice, SavedView
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, has_resource, naming_paths, resource_of
from meridian.engine.values import kind_of, label_of
from meridian.engine.values.together import fetch_together

MATTERING = 4
# Of what a phone has room for, these come first: state and amount, then when it is due.
FIRST_KINDS = ("money", "day", "choice", "instant")


@dataclass(slots=True)
class Shown:
    """The columns of a list for one reader: their names, and what isn't understood of them."""

    resource: type[Resource]
    names: list[str]
    sort: str = ""
    kept: ListChoice | None = None
    views: list[SavedView] = field(default_factory=list)
    fault: str = ""
    asked: bool = False
    mattering: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.mattering = frozenset(_mattering(self.resource, self.names))

    @property
    def related(self) -> list[str]:
        """What is fetched along for the names of the rows and of what they refer to."""
        return [*naming_paths(self.resource), *paths_shown(self.resource, self.names)]

    def is_usual(self) -> bool:
        return self.names == usual(self.resource)

    def options(self) -> list[dict[str, Any]]:
        """Every column that can be shown, those that are in their order, for the form by which they are
        chosen; what leads to the row's page stays first."""
        rest = [name for name in offered(self.resource) if name not in self.names]
        last = len(self.names) - 1
        return [
            {
                "name": name,
                "label": label_of(self.resource.field(name)),
                "chosen": place <= last,
                "fixed": not place,
                "earlier": 1 < place <= last,
                "later": 0 < place < last,
            }
            for place, name in enumerate([*self.names, *rest])
        ]


def shown_columns(resource: type[Resource], listing: str, actor: Actor, query: QueryDict) -> Shown:
    """The columns that the address names, else those that the reader keeps, else the usual ones; and the
    saved views of the list, for both are kept beside each other."""
    choices, views = fetch_together(
        [
            (ListChoice.objects.permitted(actor).filter(listing=listing)[:1], ()),
            (SavedView.objects.permitted(actor).filter(listing=listing).order_by("name", "id"), ()),
        ]
    )
    kept = choices[0] if choices else None
    known, first = offered(resource), usual(resource)[:1]
    sort = kept.sort if kept and not not_sorting(resource, kept.sort) else ""
    if asked := query.get(PARAMETER, ""):
        names = named(asked)
        fault = not_offered(resource, names)
        wanted = [name for name in dict.fromkeys((*first, *names)) if name in known]
        return Shown(resource, wanted, sort, kept, views, fault, asked=True)
    wanted = [name for name in kept.columns if name in known] if kept else []
    names = list(dict.fromkeys((*first, *wanted))) if wanted else usual(resource)
    return Shown(resource, names, sort, kept, views)


def keep_columns(actor: Actor, shown: Shown, listing: str, names: list[str], sort: str) -> None:
    """Keep what somebody ticked, in that order; the usual columns in the usual order need no keeping."""
    if sentence := not_offered(shown.resource, names):
        raise Refusal(sentence, "column")
    if sentence := not_sorting(shown.resource, sort):
        raise Refusal(sentence, "sort")
    wanted = list(dict.fromkeys((*usual(shown.resource)[:1], *names)))
    if wanted != usual(shown.resource) or sort:
        keep_choice(actor=actor, listing=listing, columns=wanted, sort=sort)
    elif shown.kept is not None:
        remove_choice(actor=actor, row=shown.kept)


def moved(names: list[str], move: str) -> list[str]:
    """The columns with one of them a place `earlier` or `later`, as in `earlier:name`; the first stays."""
    way, _colon, name = move.partition(":")
    step = {"earlier": -1, "later": 1}.get(way)
    if step is None or name not in names:
        raise Refusal(_("There is no such column to move: tick it first."), "move")
    place = names.index(name)
    other = place + step
    if min(place, other) < 0 or other >= len(names):
        return names
    swapped = {place: names[other], other: name}
    return [swapped.get(here, each) for here, each in enumerate(names)]


def paths_shown(resource: type[Resource], names: list[str]) -> list[str]:
    """What is fetched along so that cells can name what these columns refer to."""
    return [path for name in names for path in _fetched(resource, name)]


def _fetched(resource: type[Resource], name: str) -> list[str]:
    column = resource.field(name)
    target = column.related_model
    if target is None or column.many_to_many:
        return []
    deeper = naming_paths(resource_of(target)) if has_resource(target) else ()
    return [name, *(f"{name}__{further}" for further in deeper)]


def _mattering(resource: type[Resource], names: list[str]) -> list[str]:
    """The few columns that a phone shows: what it is, its state, its amount, when it is due."""
    first, rest = names[:1], names[1:]
    ranks = {resource.state: -1}

    def rank(name: str) -> tuple[int, int]:
        kind = kind_of(resource.field(name))
        usual_rank = FIRST_KINDS.index(kind) if kind in FIRST_KINDS else len(FIRST_KINDS)
        return ranks.get(name, usual_rank), names.index(name)

    title = [name for name in rest[:1] if kind_of(resource.field(name)) in ("text", "translated")]
    chosen = [name for name in sorted(rest, key=rank) if name not in title]
    room = MATTERING - len(first) - len(title)
    return [*first, *title, *(name for place, name in enumerate(chosen) if place < room)]
