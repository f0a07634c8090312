"""The words of headings and labels that say what a column or a row of a submitted table is."""

import re
from enum import StrEnum

SUBTOTAL_WORDS = re.compile(
    r"sub-?\s?totals?|sous-total|total partiel|total parcial|subtotal|小计|المجموع الفرعي|промежуточный итог"
)
TOTAL_WORDS = re.compile(
    r"(grand |overall )?totals?( général| general)?|sum|共计|合计|总计|المجموع الكلي|المجموع|итого|всего"
)
# "Total missions", "Missions, total", "Total des missions", "特派团共计": a name before or behind the word.
NAMED_SUBTOTAL = re.compile(
    r"(sub-?\s?totals?|sous-total|total partiel|total parcial|промежуточный итог)\s.+|.+\ssub-?totals?|"
    r"المجموع الفرعي\s?\S.*|.*小计.*"
)
NAMED_TOTAL = re.compile(
    r"((grand |overall )?totals?|итого|всего)\s.+|.+[\s,–-](totals?|итого|всего)|المجموع\s?\S.*|"
    r".*(共计|合计|总计).*"
)
NO_TOTALS = re.compile(r"totals? (cost of ownership|quality|number of|station)|total .*\bper\b")
SHARE_TOKENS = {"share", "shares", "proportion"}
PERCENT_TOKENS = {"percent", "percentage", "pct", "%"}
GROWTH_TOKENS = {"growth", "change", "increase", "decrease", "variance", "difference", "rise", "variation"}
AMOUNT_TOKENS = {
    *("usd", "amount", "amounts", "cost", "costs", "budget", "expenditure", "appropriation", "apportionment"),
    *("estimate", "estimates", "dollars", "thousands", "millions", "montant", "coût", "importe", "costo"),
    *("сумма", "金额", "المبلغ"),
}
UNCOUNTED_TOKENS = {
    *(
        "year",
        "period",
        "phase",
        "id",
        "code",
        "number",
        "no",
        "rank",
        "line",
        "rate",
        "ratio",
        "average",
        "mean",
    ),
    *("index", "median", "per", "vacancy"),
}


class Kind(StrEnum):
    """What a row is."""

    LINE = "line"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


def words_of(text: str) -> list[str]:
    """The words of a heading or label, in small letters: `share_percent (%)` is share, percent, %."""
    return re.findall(r"%|[^\W_]+", text.lower())


def total_kind(text: str, *, leading: bool) -> Kind:
    """What a label says of its row; `leading` labels may go on after the word ("Total, missions")."""
    bare = text.lower().replace("_", " ").strip(" :.")
    bare = re.sub(r"\s*\([^)]*\)", "", bare)
    for words, kind in ((SUBTOTAL_WORDS, Kind.SUBTOTAL), (TOTAL_WORDS, Kind.TOTAL)):
        if words.fullmatch(bare):
            return kind
        match = words.match(bare) if leading else None
        if match and bare[match.end() :].startswith((",", ":", " –", " -")):
            return kind
    if leading and not NO_TOTALS.match(bare):
        for words, kind in ((NAMED_SUBTOTAL, Kind.SUBTOTAL), (NAMED_TOTAL, Kind.TOTAL)):
            if words.fullmatch(bare):
                return kind
    return Kind.LINE
