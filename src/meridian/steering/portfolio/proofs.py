"""Proofs of the figures of the portfolio: its selections, the appraisal of an option, its benefits."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.figures import day_text, number_text
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.steering.portfolio.models import BenefitLine, CostLine, Option, Proposal, Selection
from meridian.steering.portfolio.queries import appraised, clock_of, counted_benefits, with_lines
from meridian.steering.portfolio.rules.figures import DECIMALS, FIGURES, MILLION, MONEY, SHARES, figure_of

CENTS_OF_A_MILLION = Decimal(100_000_000)


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


def appraisal(actor: Actor, arguments: Arguments) -> Proof:
    """One of the figures of an option's appraisal, from its costs and its benefits."""
    what = arguments.option("what", dict(zip(FIGURES, _titles(), strict=True)))
    option = _option(actor, arguments.key("option"))
    flows, found = appraised(option.proposal, option)
    figure = figure_of(what, found, flows)
    if figure is None:
        raise Unseen(_("This option has no such figure: its flows give none."))
    unit = _("USD million") if what in MONEY else "%" if what in SHARES else ""
    return Proof(
        f"{dict(zip(FIGURES, _titles(), strict=True))[what]} · {option}",
        figure,
        _costs_of(option),
        unit,
        DECIMALS.get(what, 1),
        _how(option),
        decided=option.proposal,
        further=() if what == "cost" else (_benefits_of(option),),
    )


def year(actor: Actor, arguments: Arguments) -> Proof:
    """What an option costs in a year, or yields by its low, middle and high estimates."""
    titles = {
        "cost": _("Cost"),
        "low": _("Benefit, low"),
        "middle": _("Benefit, middle"),
        "high": _("Benefit, high"),
    }
    what, option = arguments.option("what", titles), _option(actor, arguments.key("option"))
    flows, _found = appraised(option.proposal, option)
    wanted = arguments.option("year", {str(known): known for known in flows.years})
    place = flows.years.index(int(wanted))
    if what == "cost":
        figure = flows.costs[place][1]
    else:
        figure = flows.benefits[place][("low", "middle", "high").index(what)]
    return Proof(
        f"{titles[what]} · {wanted} · {option}",
        Decimal(figure) / CENTS_OF_A_MILLION,
        _costs_of(option) if what == "cost" else _benefits_of(option),
        _("USD million"),
        1,
        _how(option),
        decided=option.proposal,
    )


def benefit(actor: Actor, arguments: Arguments) -> Proof:
    """What the benefits of a proposal count for: one `line` in one `year`, or all in a full year."""
    proposal = _seen(Proposal.objects.permitted(actor).filter(pk=arguments.key("proposal")))
    counted = counted_benefits(proposal, timezone.localdate())
    title, figure = _("Benefit a year"), sum(found.most for found in counted)
    rows = BenefitLine.objects.filter(pk__in=[found.line.pk for found in counted])
    if arguments.text("line"):
        found = next((one for one in counted if one.line.pk == arguments.key("line")), None)
        if found is None:
            raise Unseen(_("There is no such benefit, or it is not yours to see."))
        by_year = {str(known): amount for known, amount in found.by_year}
        wanted = arguments.option("year", by_year)
        title, figure, rows = f"{found.line.name} · {wanted}", by_year[wanted], rows.filter(pk=found.line.pk)
    how = _(
        "The middle of low and high, by the days of the year from %(day)s on; what several projects claim"
        " from one pool is cut to its cap."
    ) % {"day": day_text(clock_of(proposal).counts_from)}
    return Proof(
        f"{title} · {proposal}",
        Decimal(figure) / CENTS_OF_A_MILLION,
        Added(rows),
        _("USD million"),
        1,
        how,
        decided=proposal,
    )


def _titles() -> tuple[str, ...]:
    return (
        _("Net present value"),
        _("Net present value, two points above the rate"),
        _("Net present value, two points below the rate"),
        _("Even yearly value"),
        _("Cost"),
        _("Internal rate of return"),
        _("Modified rate of return"),
        _("Benefits over costs"),
        _("Years to pay back, discounted"),
    )


def _how(option: Option) -> str:
    proposal = option.proposal
    return _(
        "The likeliest cost of each line, spread evenly over the years of its period, and the middle of each"
        " benefit from %(day)s on, year by year from %(year)s over %(years)s years; discounted to the first"
        " year at %(rate)s %% where it is a value of today."
    ) % {
        "day": day_text(clock_of(proposal).counts_from),
        "year": proposal.starts_on.year,
        "years": number_text(proposal.years_appraised),
        "rate": number_text(proposal.discount_rate_percent, 2),
    }


def _option(actor: Actor, key: int) -> Option:
    option = _seen(Option.objects.permitted(actor).filter(pk=key))
    return next(found for found in with_lines([option.proposal]) if found.pk == option.pk)


def _seen(rows: QuerySet[Any]) -> Any:
    row = rows.first()
    if row is None:
        raise Unseen(_("There is no such row, or it is not yours to see."))
    return row


def _costs_of(option: Option) -> Added:
    fields = ("fund", "object", "period")
    return Added(CostLine.objects.filter(option=option), "mode_usd", decimals=2, fields=fields)


def _benefits_of(option: Option) -> Added:
    return Added(BenefitLine.objects.filter(option=option))


def _costs(chosen: Selection) -> QuerySet[CostLine]:
    condition = Q(pk__in=())
    for taken in chosen.answer["taken"]:
        condition |= Q(option__proposal__code=taken["project"], option__code=taken["option"])
    return CostLine.objects.filter(condition)
