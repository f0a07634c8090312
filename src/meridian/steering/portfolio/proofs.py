"""Proofs of the figures on the portfolio's page."""

from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.steering.portfolio.models import CostLine, Proposal, Selection

MILLION = Decimal(1_000_000)


def proposals(actor: Actor, arguments: Arguments) -> Proof:
    """How many of the proposals that somebody sees are in a state."""
    states = dict(Proposal.State.choices)
    state = arguments.option("state", states)
    added = Added(Proposal.objects.permitted(actor).filter(state=state))
    return Proof(f"{_('Proposals')} · {states[state]}", added.total, added)


def selection(actor: Actor, arguments: Arguments) -> Proof:
    """What a selection answered: the costs are added again, its value and bound are kept as told."""
    titles = {
        "value": _("Value today of the chosen portfolio"),
        "bound": _("Proven bound of the value of any portfolio"),
        "cost": _("Cost of the chosen portfolio"),
        "taken": _("Projects taken"),
    }
    what = arguments.option("what", titles)
    chosen = Selection.objects.permitted(actor).filter(pk=arguments.key("selection")).first()
    if chosen is None:
        raise Unseen(_("There is no such selection, or it is not yours to see."))
    rows = Proposal.objects.filter(code__in=[taken["project"] for taken in chosen.answer["taken"]])
    if what == "taken":
        return Proof(titles[what], rows.count(), Added(rows), decided=chosen)
    if what == "cost":
        added = Added(_costs(chosen), "mode_usd", decimals=2, fields=("option", "fund", "object", "period"))
        how = _("The likeliest cost of every line, in millions of US dollars.")
        return Proof(titles[what], added.total / MILLION, added, _("USD million"), 1, how, decided=chosen)
    figure = chosen.value_usd if what == "value" else chosen.bound_usd
    how = _(
        "In today's money, as the selection answered: no row holds it, it was worked out from the costs"
        " and benefits of these proposals and is kept as it was told."
    )
    return Proof(titles[what], figure / MILLION, Added(rows), _("USD million"), 1, how, decided=chosen)


def _costs(chosen: Selection) -> QuerySet[CostLine]:
    condition = Q(pk__in=())
    for taken in chosen.answer["taken"]:
        condition |= Q(option__proposal__code=taken["project"], option__code=taken["option"])
    return CostLine.objects.filter(condition)
