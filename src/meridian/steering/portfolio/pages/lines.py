"""What an option costs and what a proposal yields, in tables: each amount with its proof."""

from collections import defaultdict
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures.millions import MILLION_CENTS, millions, usd_millions
from meridian.engine.modules.registry import listed_address, proof_address
from meridian.steering.portfolio.models import BenefitLine, Option, Proposal
from meridian.steering.portfolio.queries import cents, counted_benefits
from meridian.steering.portfolio.rules.figures import printed

CLOCK_WORDS = {
    "before": (gettext_lazy("Before go-live"), "still"),
    "stabilising": (gettext_lazy("Stabilising"), "watch"),
    "first_year": (gettext_lazy("In its full year"), "watch"),
    "counting": (gettext_lazy("Counts"), "good"),
}


def cost_table(option: Option) -> Table | None:
    """Fund and object by period, with totals that are added from the rows."""
    lines = list(option.costs.all())
    if not lines:
        return None
    periods = sorted({line.period for line in lines}, key=lambda period: period.first_year)
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    keys: dict[str, int] = {}
    for line in lines:
        keys |= {str(line.fund): line.fund_id, str(line.object): line.object_id}
        keys[line.period.code] = line.period_id
        for place in ((str(line.fund), str(line.object)), (str(line.fund), ""), ("", "")):
            for period in (line.period.code, ""):
                sums[place][period] += cents(line.mode_usd)
    columns = (
        Column(_("Fund and object")),
        *(Column(period.code, "number") for period in periods),
        Column(_("Total"), "number"),
    )
    places = sorted(sums, key=lambda place: (place[0] == "", place))
    rows = [
        Row(
            (
                Cell(_place_name(fund, item)),
                *(
                    _cost_cell(
                        option, sums[fund, item][period], [keys.get(it) for it in (fund, item, period)]
                    )
                    for period in [*(p.code for p in periods), ""]
                ),
            )
        )
        for fund, item in places
    ]
    return Table(_("Costs by fund and object, USD million"), columns, rows)


def _cost_cell(option: Option, amount: int, of: list[int | None]) -> Cell:
    """A sum of cost lines: `of` are the ids of fund, object and period, None where it is over all."""
    asked = {name: str(key) for name, key in zip(("fund", "object", "period"), of, strict=True) if key}
    whole = printed(Decimal(amount) / 100, 0)
    proof = listed_address("portfolio.costline", whole, {"option": option.pk, **asked}, added="mode_usd")
    return Cell(millions(amount, 2), "number", proof=proof)


def _place_name(fund: str, item: str) -> str:
    """Totals stand out, objects stand in."""
    return f"\N{EM SPACE}{item}" if item else format_html("<b>{}</b>", fund or _("Total"))


def benefit_table(proposal: Proposal) -> Table | None:
    counted = counted_benefits(proposal, timezone.localdate())
    if not counted:
        return None
    years = [year for year, _amount in counted[0].by_year]
    columns = (
        Column(_("Benefit")),
        Column(_("Low to high a year"), "number", why=Unproved.HELD),
        Column(_("Register"), "state"),
        Column(_("Clock"), "state"),
        *(Column(str(year), "number", minor=at > 2) for at, year in enumerate(years)),
    )
    rows = []
    for found in counted:
        line = found.line
        words, tone = CLOCK_WORDS[found.stage]
        low, high = usd_millions(line.low_usd_per_year), usd_millions(line.high_usd_per_year)
        rows.append(
            Row(
                (
                    Cell(str(line.name), url=reverse("portfolio-benefitline-detail", args=(line.pk,))),
                    Cell(f"{low} – {high}", "number"),
                    Cell(line.get_status_display(), "state", tone="accent"),
                    Cell(str(words), "state", tone=tone),
                    *(_benefit_cell(proposal, line, year, amount) for year, amount in found.by_year),
                )
            )
        )
    return Table(_("Benefits on their clock, USD million"), columns, rows)


def _benefit_cell(proposal: Proposal, line: BenefitLine, year: int, amount: int) -> Cell:
    shown = printed(Decimal(amount) / MILLION_CENTS)
    proof = proof_address("portfolio.benefit", shown, proposal=proposal.pk, line=line.pk, year=year)
    return Cell(millions(amount), "number", proof=proof)
