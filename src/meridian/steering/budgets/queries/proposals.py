"""Proposals beside those that read like them."""

from dataclasses import dataclass

from meridian.engine.policies import Actor
from meridian.steering.budgets.models import FundingProposal
from meridian.steering.budgets.rules.likeness import likenesses_to


@dataclass(frozen=True, slots=True)
class Alike:
    """Another proposal that reads alike, and how much so in per cent."""

    proposal: FundingProposal
    percent: int


def proposals_like(proposal: FundingProposal, actor: Actor) -> list[Alike]:
    """Other proposals, of every unit and fund the actor may see, that may be the same need."""
    rows = list(FundingProposal.objects.permitted(actor).select_related("unit").order_by("pk"))
    texts = {str(row.pk): f"{row.title}\n{row.need}\n{row.solution}" for row in rows}
    by_key = {str(row.pk): row for row in rows}
    return [
        Alike(by_key[pair.second], round(100 * pair.likeness))
        for pair in likenesses_to(str(proposal.pk), texts)
    ]
