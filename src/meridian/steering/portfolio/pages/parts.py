"""What the pages of projects show of the promises behind them."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.design.figures import Unproved
from meridian.engine.figures import day_text
from meridian.engine.figures.millions import MILLION_CENTS, millions
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.first_page import Part, bars_of_choices
from meridian.engine.pages.slots import ActionPart, FirstPagePart, Tile
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.steering.portfolio.models import Proposal
from meridian.steering.portfolio.queries import clock_of, counted_benefits
from meridian.steering.portfolio.rules.figures import printed


def project_tiles(actor: Actor, row: Any) -> list[Tile]:
    """The yearly benefit of the proposal behind the project, and the day from which it counts."""
    proposal = Proposal.objects.permitted(actor, "view").filter(project_id=row.pk).first()
    if proposal is None:
        return []
    counted = counted_benefits(proposal, timezone.localdate())
    yearly = sum(benefit.most for benefit in counted)
    url = reverse("portfolio-proposal-detail", args=(proposal.pk,))
    if not counted:
        words = _("Proposal; it promises no benefit in money")
        return [Tile(proposal.get_state_display(), words, url, Unproved.HELD)]
    shown = printed(Decimal(yearly) / MILLION_CENTS)
    proof = proof_address("portfolio.benefit", shown, proposal=proposal.pk)
    day = day_text(clock_of(proposal).counts_from)
    return [
        Tile(millions(yearly), _("Benefit a year, USD million"), url, proof),
        Tile(day, _("First day on which it counts"), url, Unproved.HELD),
    ]


def portfolio_action(actor: Actor, row: Any | None) -> ActionPart:
    """From the list to the portfolio that it comes from; from a project to its proposal, if it has one."""
    proposal = row and Proposal.objects.permitted(actor, "view").filter(project=row).first()
    if proposal:
        return ActionPart(_("Proposal"), reverse("portfolio-proposal-detail", args=(proposal.pk,)), "merge")
    return ActionPart(_("Portfolio"), reverse("portfolio-home"), "merge")


def proposals_by_state(request: Request) -> FirstPagePart | None:
    """All proposals by state."""
    rows = Proposal.objects.permitted(request.actor)
    bars = bars_of_choices(rows, "state")
    return Part(
        _("The portfolio"),
        reverse("portfolio-home"),
        bars=bars,
        empty=_("No proposal is written yet."),
    ).given()
