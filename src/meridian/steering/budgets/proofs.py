"""Proofs of budgets: the totals of a version, and the cells of published tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from meridian.engine.commands import Unseen
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Behind, Proof
from meridian.engine.tables.catalogue import Dataset
from meridian.engine.tables.totals import TOTAL_KEY
from meridian.registers.ledger import facade as ledger
from meridian.registers.ledger.facade import ANY, Where
from meridian.steering.budgets.models import BudgetLine, BudgetVersion, Fund
from meridian.steering.budgets.pages.grid_page import titles_of_columns
from meridian.steering.budgets.pages.grid_reading import EDITED
from meridian.steering.budgets.pages.grid_window import SUMMED, Narrowed, known_unit, narrowed_lines
from meridian.steering.budgets.queries.accounts import ACCOUNTS
from meridian.steering.budgets.queries.labels import labels_of
from meridian.steering.budgets.queries.programme import CHANGES, COMPONENTS, REGULAR
from meridian.steering.budgets.queries.tables import ESTIMATES, GAIN, TRANSFORMATION


def version_total(actor: Actor, arguments: Arguments) -> Proof:
    """The total of a column over the lines of a version, narrowed as the grid was by `unit` and `fund`."""
    version = _version(actor, arguments)
    titles = titles_of_columns()
    column = arguments.option("column", {name: titles[name] for name in (*EDITED, *SUMMED)})
    fund = arguments.option("fund", {"": "", **dict(Fund.choices)})
    asked = Narrowed(known_unit(actor, arguments.text("unit").strip()), fund, 1)
    lines = narrowed_lines(BudgetLine.objects.filter(budget_version=version), asked)
    fields = ("unit", "fund", "object", "function", "activity", column)
    added = Added(lines, column, titles[column], 2, fields, own=True)
    # The grid totals the lines of its reader, as does the proof; of the others it says how many there are.
    mine = lines.filter(pk__in=BudgetLine.objects.permitted(actor).values("pk"))
    total = replace(added, rows=mine).total
    return Proof(f"{version} · {titles[column]}", total, added, _("USD"), 2, decided=version)


def against(actor: Actor, arguments: Arguments) -> Proof:
    """What was budgeted, or spent, for an `object` (none: without one) in the period of a version."""
    version = _version(actor, arguments)
    titles = {"budget": _("Budget"), "actual": _("Actual")}
    what, names = arguments.option("what", titles), {"": _("Without an object"), **labels_of("object")}
    key = arguments.option("object", names)
    rows = ledger.postings(what, ACCOUNTS[what], [{"period": (version.period.label,)}])
    rows = rows.filter(coding__object__code=key) if key else rows.filter(coding__object=None)
    added = Added(rows, "usd", _("USD"), 2, ("entry", "account", "coding"))
    return Proof(
        f"{version} · {names[key]} · {titles[what]}", added.total, added, _("USD"), 2, decided=version
    )


def _version(actor: Actor, arguments: Arguments) -> BudgetVersion:
    version = BudgetVersion.objects.permitted(actor).filter(pk=arguments.key("version")).first()
    if version is None:
        raise Unseen(_("There is no such version, or it is not yours to see."))
    return version


@dataclass(frozen=True, slots=True)
class Laid:
    """How a table is laid out: the axis down and across, what its postings have in common, groups of rows."""

    down: str
    across: str
    where: Where
    account: str = ESTIMATES
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)


PROPOSED = {"stage": ("proposal",)}
LAID = {
    "projects-by-biennium": Laid("project", "period", PROPOSED, groups={"transformation": TRANSFORMATION}),
    "funds-by-biennium": Laid("", "period", PROPOSED),
    "objects-by-biennium": Laid("object", "period", PROPOSED),
    "budget-by-fund": Laid("entity", "fund", {"stage": ("approved",)}),
}


def cell(name: str, dataset: Dataset, row: str, column: str) -> Behind:
    """The postings behind a cell of one of the tables that are laid out from two axes."""
    laid = LAID[name]
    where = dict(laid.where)
    if laid.down and row != TOTAL_KEY:
        where[laid.down] = tuple(laid.groups.get(row, (row,)))
    if column != TOTAL_KEY:
        where[laid.across] = (column,)
    how = _rounded() if laid.down else _("The costs are shared out by the key of the funds. %(rounded)s")
    return _behind(dataset, laid.account, [where], how if laid.down else how % {"rounded": _rounded()})


def benefits_cell(name: str, dataset: Dataset, row: str, column: str) -> Behind:
    """The benefits that were promised low or high."""
    where: dict[str, Sequence[str]] = {"stage": (f"benefits_{column}",)}
    if row != TOTAL_KEY:
        where["project"] = (row,)
    return _behind(dataset, GAIN, [where], _("In millions of US dollars, rounded half up."))


def resources_cell(name: str, dataset: Dataset, row: str, column: str) -> Behind:
    """What was appropriated stands in both years; the changes in theirs."""
    fund, _underscore, year = column.rpartition("_")
    where: dict[str, Sequence[str]] = {"component": ANY if row == TOTAL_KEY else (row,)}
    if fund != TOTAL_KEY:
        where["fund"] = (fund,)
    later = tuple(stage for stage in ledger.names_of("stage") if stage not in ("appropriation", "recosting"))
    wheres = [{**where, "stage": ("appropriation",)}, {**where, "stage": later, "period": (year,)}]
    return _behind(dataset, ESTIMATES, wheres, _rounded())


def changes_cell(name: str, dataset: Dataset, row: str, column: str) -> Behind:
    """The postings of the regular budget at the stages that a column of change adds."""
    before = ("appropriation", *CHANGES)
    stages = {
        "appropriation_2019": ("appropriation",),
        "total_change": CHANGES,
        "estimate_before_recosting": before,
        "estimate_2020": (*before, "recosting"),
    }
    where: dict[str, Sequence[str]] = {"fund": (REGULAR,), "stage": stages.get(column, (column,))}
    objects = ledger.names_of("object")
    axis = "object" if row in (TOTAL_KEY, *objects) else "component"
    where[axis] = ANY if row in (TOTAL_KEY, COMPONENTS) else (row,)
    return _behind(dataset, ESTIMATES, [where], _rounded())


def _behind(dataset: Dataset, account: str, wheres: Sequence[Where], how: str) -> Behind:
    rows = ledger.postings(dataset.key, account, wheres)
    return Behind(Added(rows, "usd", _("USD"), 2, ("entry", "account", "coding")), how)


def _rounded() -> str:
    return _("In thousands of US dollars, rounded together with the other figures so that the table adds.")
