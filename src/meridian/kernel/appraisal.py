"""What an investment is worth: NPV, IRR, MIRR, payback, benefit-cost ratio, equivalent annual cost.

Flows are Decimals (or ints), one a period, the first of them now; costs are negative.
Rates are Decimals a period (0.05 is 5 %). Flows and rate must both be real or both be
nominal. With `mid_period` a flow counts as falling in the middle of its period.
Formulas: any text of corporate finance; MIRR as Lin (1976).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

Number = Decimal | int
ZERO, ONE = Decimal(0), Decimal(1)
LOWEST_RATE, HIGHEST_RATE = Decimal("-0.999999999"), Decimal(10**9)
PRECISION = 40


class NoRate(ValueError):
    """The flows have no single internal rate of return; the message says why."""


def present_value(flows: Sequence[Number], rate: Decimal, *, mid_period: bool = False) -> Decimal:
    """Net present value of `flows` at `rate`; a rate of -1 or less raises ValueError."""
    if rate <= -1:
        raise ValueError(f"A rate of {rate} discounts to nothing; it must be above -1.")
    with localcontext(prec=PRECISION):
        factor = ONE / (ONE + rate)
        value = ZERO
        for flow in reversed(flows):
            value = value * factor + _decimal(flow)
        return value * factor.sqrt() if mid_period else value


def sign_changes(flows: Sequence[Number]) -> int:
    """How often the flows turn from cost to benefit or back; zeros do not count."""
    signs = [flow > 0 for flow in flows if flow != 0]
    return sum(one != other for one, other in zip(signs, signs[1:], strict=False))


def internal_rate(flows: Sequence[Number]) -> Decimal:
    """The rate at which the net present value is zero, to 12 decimals, by bisection.

    Flows that turn more than once may have several such rates and are refused with NoRate,
    as are flows that never turn; `modified_rate` answers for them.
    """
    changes = sign_changes(flows)
    if changes == 0:
        raise NoRate("The flows are all costs or all benefits; there is no rate of return.")
    if changes > 1:
        raise NoRate(
            f"The flows turn {changes} times; the rate of return is not single. Use the modified rate."
        )
    low, high = LOWEST_RATE, HIGHEST_RATE
    low_is_positive = present_value(flows, low) > 0
    if (present_value(flows, high) > 0) == low_is_positive:
        raise NoRate("The rate of return is beyond any sensible bound; check the flows.")
    with localcontext(prec=PRECISION):
        while high - low > Decimal("1e-13"):
            middle = (low + high) / 2
            if (present_value(flows, middle) > 0) == low_is_positive:
                low = middle
            else:
                high = middle
        return ((low + high) / 2).quantize(Decimal("1e-12"))


def modified_rate(flows: Sequence[Number], finance_rate: Decimal, reinvestment_rate: Decimal) -> Decimal:
    """MIRR: costs financed at one rate, benefits reinvested at another to the last period."""
    periods = len(flows) - 1
    costs = -present_value([min(_decimal(flow), ZERO) for flow in flows], finance_rate)
    benefits = present_value([max(_decimal(flow), ZERO) for flow in flows], reinvestment_rate)
    if periods < 1 or costs <= 0 or benefits <= 0:
        raise NoRate("A modified rate needs at least one cost, one benefit and two periods.")
    with localcontext(prec=PRECISION):
        growth = benefits * (ONE + reinvestment_rate) ** periods / costs
        return (growth ** (ONE / periods) - ONE).quantize(Decimal("1e-12"))


def payback(flows: Sequence[Number], rate: Decimal = ZERO) -> Decimal | None:
    """Periods from now until the running total (discounted at `rate`) stays at or above zero.

    Within the period the flow is taken as even; None when the costs never come back.
    """
    with localcontext(prec=PRECISION):
        values = [_decimal(flow) / (ONE + rate) ** period for period, flow in enumerate(flows)]
        totals, running = [], ZERO
        for value in values:
            running += value
            totals.append(running)
        if not totals or totals[-1] < 0:
            return None
        below = [period for period, sum_so_far in enumerate(totals) if sum_so_far < 0]
        if not below:
            return ZERO
        last = below[-1]
        return last + -totals[last] / values[last + 1]


def benefit_cost_ratio(benefits: Sequence[Number], costs: Sequence[Number], rate: Decimal) -> Decimal | None:
    """Present benefits over present costs, both given as positive flows; None when nothing is spent."""
    spent = present_value(costs, rate)
    return present_value(benefits, rate) / spent if spent else None


def equivalent_annual(value: Decimal, rate: Decimal, periods: int) -> Decimal:
    """The even flow over `periods`, each at its end, that is worth `value` now; compares unequal lives."""
    if periods < 1:
        raise ValueError("An even flow needs at least one period.")
    if rate == 0:
        return value / periods
    with localcontext(prec=PRECISION):
        return value * rate / (ONE - (ONE + rate) ** -periods)


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The figures of one option; a figure that does not exist is None and `why_no_rate` says why."""

    present_value: Decimal
    sensitivity: tuple[tuple[Decimal, Decimal], ...]
    internal_rate: Decimal | None
    why_no_rate: str
    modified_rate: Decimal | None
    payback: Decimal | None
    discounted_payback: Decimal | None
    benefit_cost_ratio: Decimal | None
    equivalent_annual: Decimal


def appraise(
    costs: Sequence[Number], benefits: Sequence[Number], rate: Decimal, *, mid_period: bool = False
) -> Appraisal:
    """All figures of one option from its costs and benefits a period, both positive and equally long.

    `sensitivity` holds (rate, present value) two points below, at and above the rate.
    """
    if len(costs) != len(benefits) or not costs:
        raise ValueError("Costs and benefits must cover the same periods, at least one.")
    flows = [_decimal(benefit) - _decimal(cost) for cost, benefit in zip(costs, benefits, strict=True)]
    points = [rate + Decimal(step) / 100 for step in (-2, 0, 2)]
    try:
        single, why = internal_rate(flows), ""
    except NoRate as reason:
        single, why = None, str(reason)
    try:
        modified = modified_rate(flows, rate, rate)
    except NoRate:
        modified = None
    value = present_value(flows, rate, mid_period=mid_period)
    return Appraisal(
        present_value=value,
        sensitivity=tuple((point, present_value(flows, point, mid_period=mid_period)) for point in points),
        internal_rate=single,
        why_no_rate=why,
        modified_rate=modified,
        payback=payback(flows),
        discounted_payback=payback(flows, rate),
        benefit_cost_ratio=benefit_cost_ratio(benefits, costs, rate),
        equivalent_annual=equivalent_annual(value, rate, len(flows)),
    )


def _decimal(value: Number) -> Decimal:
    if isinstance(value, float):
        raise TypeError("A float is not an exact amount; give a Decimal.")
    return Decimal(value)
