"""A second, plain way from the published files to the figures of each table: no ledger, no layout."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

DATA = Path(__file__).parents[3] / "steering" / "budgets" / "data"
OFFICE, PROGRAMME = DATA / "baseline_2010", DATA / "programme_2020"
BIENNIA = ("2010-2011", "2012-2013", "2014-2015")


def read(folder, file):
    with (folder / file).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def cross(rows, down, across, amount):
    """{row: {column: sum}} with the column `total` and the row `total`, walked one figure at a time."""
    table = {}
    for row in rows:
        for key in (row[down], "total"):
            line = table.setdefault(key, {})
            for column in (row[across], "total"):
                line[column] = line.get(column, Decimal(0)) + Decimal(row[amount])
    return table


def per_cent(part, whole):
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def projects():
    return cross(read(OFFICE, "project_costs.csv"), "project", "biennium", "usd_thousand")


def objects():
    return cross(read(OFFICE, "project_costs.csv"), "object_of_expenditure", "biennium", "usd_thousand")


def funds_exact():
    """The unrounded shares of each biennium."""
    whole = projects()["total"]
    return {
        row["fund"]: {
            b: Fraction(whole[b]) * Fraction(row["share_percent"]) / 100 for b in (*BIENNIA, "total")
        }
        for row in read(OFFICE, "funding_shares.csv")
    }


def entities():
    return cross(read(OFFICE, "ict_budget_by_fund.csv"), "entity", "fund", "usd_thousand_per_year")


def benefits():
    """{project or total: (low, high, {category: (share of low, share of high)})}."""
    rows = read(OFFICE, "benefits.csv")
    found = {}
    for key in [*dict.fromkeys(row["project"] for row in rows), "total"]:
        mine = [row for row in rows if key in (row["project"], "total")]
        low = sum(Decimal(row["low_usd_million_per_year"]) for row in mine)
        high = sum(Decimal(row["high_usd_million_per_year"]) for row in mine)
        shares = {}
        for row in mine:
            earlier = shares.get(row["category"], (Decimal(0), Decimal(0)))
            shares[row["category"]] = (
                earlier[0] + Decimal(row["low_usd_million_per_year"]),
                earlier[1] + Decimal(row["high_usd_million_per_year"]),
            )
        found[key] = (low, high, {c: (per_cent(a, low), per_cent(b, high)) for c, (a, b) in shares.items()})
    return found


def changes(axis):
    """{component or post: the nine figures}, recosting None where it is not known."""
    rows = read(PROGRAMME, "regular_budget_changes.csv")
    recosting = {
        row["major_object"]: Decimal(row["recosting_2020"]) for row in read(PROGRAMME, "recosting.csv")
    }
    names = ("appropriation_2019", "technical_adjustments", "new_or_expanded_mandates", "other_changes")
    found = {}
    for key in [*dict.fromkeys(row[axis] for row in rows), "total"]:
        mine = [row for row in rows if key in (row[axis], "total")]
        base, technical, new, other = (sum(Decimal(row[name]) for row in mine) for name in names)
        change = technical + new + other
        again = sum(recosting.values()) if key == "total" else recosting.get(key)
        found[key] = [
            *(base, technical, new, other, change, per_cent(change, base), base + change),
            *((again, base + change + again) if again is not None else (None, None)),
        ]
    return found


def resources():
    """{component or total: {(fund, year): amount}}, the regular budget before recosting."""
    found = {}
    for row in read(PROGRAMME, "regular_budget_changes.csv"):
        base = Decimal(row["appropriation_2019"])
        change = sum(
            Decimal(row[name])
            for name in ("technical_adjustments", "new_or_expanded_mandates", "other_changes")
        )
        _add(found, row["component"], "regular_budget", base, base + change)
    for row in read(PROGRAMME, "other_funds.csv"):
        earlier, later = Decimal(row["estimate_2019"]), Decimal(row["estimate_2020"])
        _add(found, row["component"], row["fund"], earlier, later)
    return found


def _add(found, component, fund, earlier, later):
    for key in (component, "total"):
        for name in (fund, "total"):
            for year, amount in (("2019", earlier), ("2020", later)):
                line = found.setdefault(key, {})
                line[name, year] = line.get((name, year), Decimal(0)) + amount
