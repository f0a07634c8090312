"""The proof of every figure that counts, or adds up, the rows of a list."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from meridian.engine.commands import Unpermitted
from meridian.engine.listing.listing import Listing
from meridian.engine.policies import Actor, policy_of
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.engine.records import permitted_rows
from meridian.engine.resources import Resource, resources
from meridian.engine.values import label_of
from meridian.engine.values.kinds import held_as, unit_of

VIEW = "view"


def listed(actor: Actor, arguments: Arguments) -> Proof:
    """How many rows of the register `of` the reader sees as its list is `asked`, or their sum of `added`.

    `may` is “change” where the page counts those alone that the reader may change.
    """
    known = {found.model._meta.label_lower: found for found in resources()}
    resource = known[arguments.option("of", known)]
    model: Any = resource.model
    if not policy_of(model).may(actor, VIEW):
        raise Unpermitted(_("You may not see this. Ask whoever gives out roles in your unit."))
    listing = Listing(resource, actor, QueryDict(arguments.text("asked")))
    rows = listing.rows()
    if arguments.text("may"):
        action = arguments.option("may", {"change": _("change")})
        rows = rows.filter(pk__in=permitted_rows(model, actor, action).values("pk"))
    title = _title(resource, listing)
    if not arguments.text("added"):
        return Proof(title, rows.count(), Added(rows, own=True))
    field = resource.field(arguments.option("added", _sums(resource)))
    added = Added(rows, field.name, decimals=held_as(field).decimal_places, own=True)
    how = _("The sum of the rows in whole numbers; a half goes up.")
    return Proof(f"{title} · {label_of(field)}", Decimal(added.total), added, unit_of(field), how=how)


def _title(resource: type[Resource], listing: Listing) -> str:
    """The register, and what narrows it."""
    noun = str(resource.model._meta.verbose_name_plural)
    narrowed = (f"{label_of(resource.field(found.row.name))}: {found.words}" for found in listing.chosen)
    return " · ".join([noun[:1].upper() + noun[1:], *narrowed])


def _sums(resource: type[Resource]) -> dict[str, str]:
    """The columns of its list that hold amounts."""
    fields = (resource.field(row.name) for row in resource.columns())
    return {
        field.name: label_of(field) for field in fields if isinstance(held_as(field), models.DecimalField)
    }
