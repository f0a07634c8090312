"""Keeping proposals, options, lines and limits; ties are checked for circles, funds for their axis."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, clean_row, command, standard_commands
from meridian.engine.policies import Actor
from meridian.kernel.graph import find_cycle
from meridian.steering.portfolio.models import (
    BenefitLine,
    BenefitPool,
    Ceiling,
    CostLine,
    FundingPeriod,
    Option,
    Proposal,
    ProposalTie,
    SkillNeed,
)

OPEN_STATES = ("draft", "review")

add_period, change_period, remove_period = standard_commands(FundingPeriod)
add_pool, change_pool, remove_pool = standard_commands(BenefitPool)


def _kept(model: type, label: str, check: Any) -> tuple[Any, Any, Any]:
    """Add, change and remove with a check before anything is written."""

    @command(f"portfolio.{label}.add", on=model)
    def add(*, actor: Actor, **fields: Any) -> Any:
        return _written(model(), fields, check)

    @command(f"portfolio.{label}.change", on=model, target="row")
    def change(*, actor: Actor, row: Any, **fields: Any) -> Any:
        return _written(row, fields, check)

    @command(f"portfolio.{label}.remove", on=model, target="row")
    def remove(*, actor: Actor, row: Any) -> None:
        check(row)
        row.delete()

    return add, change, remove


def _written(row: Any, fields: dict[str, Any], check: Any) -> Any:
    if row.pk:
        check(row)
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    check(row)
    row.save()
    return row


def _refuse_wrong_axis(row: Any) -> None:
    """A fund lies on the axis of funds, an object of expenditure on that of objects."""
    for axis in ("fund", "object"):
        value = getattr(row, axis)
        if value is not None and value.axis != axis:
            raise Refusal(
                _("“%(value)s” is not on the axis %(axis)s.") % {"value": value, "axis": axis}, axis
            )


def _refuse_settled(proposal: Proposal) -> None:
    if proposal.state not in OPEN_STATES:
        raise Refusal(
            _(
                "“%(proposal)s” is decided: what was decided on stays as it was."
                " Ask for a change of the project."
            )
            % {"proposal": proposal}
        )


@command("portfolio.proposal.add", on=Proposal)
def add_proposal(*, actor: Actor, **fields: Any) -> Proposal:
    """Write a proposal down, as a draft."""
    return _written(Proposal(), fields, lambda row: None)


@command("portfolio.proposal.change", on=Proposal, target="row")
def change_proposal(*, actor: Actor, row: Proposal, **fields: Any) -> Proposal:
    """Change a proposal that is not decided yet."""
    if any(fields[name] != getattr(row, name) for name in fields):
        _refuse_settled(row)
    return _written(row, fields, lambda row: None)


@command("portfolio.proposal.remove", on=Proposal, target="row")
def remove_proposal(*, actor: Actor, row: Proposal) -> None:
    """Remove a draft that was never submitted; whatever met a gate stays on record."""
    if row.decisions.exists():
        raise Refusal(gettext_lazy("This proposal has met a gate and stays on record."))
    row.delete()


def _check_option(row: Option) -> None:
    _refuse_settled(row.proposal)


def _check_cost(row: CostLine) -> None:
    _refuse_settled(row.option.proposal)
    _refuse_wrong_axis(row)


def _check_need(row: SkillNeed) -> None:
    _refuse_settled(row.option.proposal)


def _check_benefit(row: BenefitLine) -> None:
    """Benefits are followed to the end; only a closed proposal keeps them as they are."""
    if row.option.proposal.state in ("closed", "refused"):
        raise Refusal(gettext_lazy("This proposal is closed; its benefits stay as they were counted."))


def _check_tie(row: ProposalTie) -> None:
    """Needs never run in a circle; the circle is named."""
    if row.kind != ProposalTie.Kind.REQUIRES:
        return
    list(Proposal.objects.order_by("pk").select_for_update().values_list("pk", flat=True))
    others = ProposalTie.objects.filter(kind=ProposalTie.Kind.REQUIRES).exclude(pk=row.pk)
    edges = [*others.order_by("pk").values_list("one__code", "other__code"), (row.one.code, row.other.code)]
    ring = find_cycle((), edges)
    if ring is not None:
        circle = " → ".join([*ring, ring[0]])
        raise Refusal(
            _("These proposals would need each other in a circle: %(circle)s.") % {"circle": circle}, "other"
        )


add_option, change_option, remove_option = _kept(Option, "option", _check_option)
add_cost, change_cost, remove_cost = _kept(CostLine, "costline", _check_cost)
add_benefit, change_benefit, remove_benefit = _kept(BenefitLine, "benefitline", _check_benefit)
add_need, change_need, remove_need = _kept(SkillNeed, "skillneed", _check_need)
add_ceiling, change_ceiling, remove_ceiling = _kept(Ceiling, "ceiling", _refuse_wrong_axis)
add_tie, change_tie, remove_tie = _kept(ProposalTie, "proposaltie", _check_tie)
