"""Finding rows by words, whatever their language, among those the actor may see."""

from dataclasses import dataclass
from itertools import islice

from django.db import models
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.modules.registry import offers_to
from meridian.engine.policies import Actor, policy_of
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource
from meridian.engine.search.documents import searched
from meridian.engine.search.matches import Place
from meridian.engine.search.question import understood
from meridian.engine.search.streams import merged, streams

MOST_CHARACTERS = 200
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that was found. `row` is fetched as the actor may see it."""

    resource: type[Resource]
    row: models.Model


@dataclass(frozen=True, slots=True)
class Facet:
    """How many rows of a kind the actor may see and find; `capped` when there are more than `count`."""

    resource: type[Resource]
    count: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Findings:
    """Hits, best first, newer before older; the facets of all that is found; `after` leads to more hits."""

    hits: list[Hit]
    facets: list[Facet]
    after: str = ""


def exact(actor: Actor, text: str) -> str | None:
    """The address of the one row that `text` names exactly, such as by its number, if the actor may see it.

    Modules that know such names offer to find them: `Offer("exact_name", ...)`.
    """
    if len(text) > MOST_CHARACTERS or "\0" in text:
        return None
    for given in offers_to("exact_name"):
        url = given.function(actor, text)
        if url:
            return url
    return None


def find(actor: Actor, text: str, facet: str = "", after: str = "", shown: int = SHOWN) -> Findings:
    """Rows that hold all the words of `text`, those that the actor may see and all of them, page by page.

    `facet` narrows to one resource's label, `after` goes on from an earlier page. `Refusal` for a
    text of more than `MOST_CHARACTERS`, a kind or a page that is not known.
    """
    if len(text) > MOST_CHARACTERS:
        raise Refusal(
            _("Search for at most %(most)s characters: a few words are enough.") % {"most": MOST_CHARACTERS},
            "q",
        )
    question = understood(text)
    visible = {
        found.model._meta.label_lower: found
        for found in searched()
        if policy_of(found.model).may(actor, "view")
    }
    if facet not in ("", *visible):
        raise Refusal(_("Nothing of the kind “%(kind)s” can be searched.") % {"kind": facet[:80]}, "in")
    begin = Place.read(after)
    if after and begin is None:
        raise Refusal(_("This page of the search is not known: begin at the first."), "after")
    if question is None:
        return Findings([], [])
    found = streams(actor, question, visible)
    facets = [Facet(stream.resource, *stream.counted(shown)) for stream in found]
    wanted = [stream for stream in found if facet in ("", stream.label)]
    places = list(islice(merged(wanted, begin), shown + 1))
    hits = _hits(actor, visible, places[:shown])
    return Findings(
        hits,
        [one for one in facets if one.count],
        str(places[shown - 1]) if len(places) > shown else "",
    )


def _hits(actor: Actor, visible: dict[str, type[Resource]], places: list[Place]) -> list[Hit]:
    """The rows that are shown, fetched as the actor may see them."""
    rows: dict[tuple[str, int], models.Model] = {}
    for label in {place.label for place in places}:
        resource = visible[label]
        keys = [place.row_id for place in places if place.label == label]
        fetched = permitted_rows(resource.model, actor, "view").filter(pk__in=keys)
        rows |= {(label, row.pk): row for row in fetched.select_related(*resource.related).distinct()}
    return [
        Hit(visible[place.label], rows[place.label, place.row_id])
        for place in places
        if (place.label, place.row_id) in rows
    ]
