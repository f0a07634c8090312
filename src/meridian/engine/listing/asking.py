"""What a kept query string may ask of a list, so that it can be opened again."""

from collections.abc import Iterable

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal
from meridian.engine.listing.listing import Listing
from meridian.engine.listing.orders import orders
from meridian.engine.listing.parameters import faults_of, not_an_option, not_known
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, resources
from meridian.engine.values import resource_name

PARAMETER = "columns"
MOST_PARAMETERS = 200


def usual(resource: type[Resource]) -> list[str]:
    """The columns that everybody sees who has chosen no others."""
    return [row.name for row in resource.columns()]


def offered(resource: type[Resource]) -> list[str]:
    """All columns that can be shown: the usual ones, then what a row's page shows besides."""
    rest = [
        row.name
        for row in resource.fields
        if not row.column and (row.form or "r" in row.api) and not resource.field(row.name).many_to_many
    ]
    return [*usual(resource), *rest]


def named(text: str) -> list[str]:
    """The columns that an address names."""
    return [name.strip() for name in text.split(",") if name.strip()]


def not_offered(resource: type[Resource], names: Iterable[str]) -> str:
    """The sentence on columns that the list doesn't have; empty when it has them all."""
    known = dict.fromkeys(offered(resource))
    return " ".join(filter(None, (not_an_option(name, known) for name in names)))


def not_sorting(resource: type[Resource], sort: str) -> str:
    """The sentence on an order that the list can't have; empty when it can."""
    name = sort.removeprefix("-")
    known = orders(resource)
    if not sort or name in known:
        return ""
    return _("The list can't be sorted so. %(why)s") % {"why": not_known(name, known)}


def refuse_query(actor: Actor, listing: str, text: str) -> None:
    """Raise `Refusal` when the list doesn't understand the query: whoever opens the view would be lost."""
    query, resource = _parsed(text), _listed(listing)
    if resource is None:
        raise Refusal(_("There is no such list."), "listing")
    if query is None:
        raise Refusal(
            _("These filters ask for more than %(most)s things. Take some away.") % {"most": MOST_PARAMETERS},
            "query",
        )
    faults = [
        *Listing(resource, actor, query, further=(PARAMETER,)).faults.values(),
        not_offered(resource, named(query.get(PARAMETER, ""))),
    ]
    if sentence := " ".join(filter(None, faults)):
        raise Refusal(sentence, "query")


def understood(listing: str, text: str) -> QueryDict | None:
    """A kept query, as far as its parameters' names tell; None when the list can't be asked so.

    Views outlive the fields that they name, so each may be broken when it is read.
    """
    query, resource = _parsed(text), _listed(listing)
    if query is None or resource is None:
        return None
    known = [*Listing.known_of(resource), PARAMETER]
    return None if faults_of(dict.fromkeys(query, ""), known) else query


def _listed(listing: str) -> type[Resource] | None:
    return next((found for found in resources() if resource_name(found) == listing), None)


def _parsed(text: str) -> QueryDict | None:
    # Counted before it is read: reading stops with a fault that is meant for requests.
    if text.count("&") >= MOST_PARAMETERS:
        return None
    try:
        return QueryDict(text)
    except TooManyFieldsSent:
        return None
