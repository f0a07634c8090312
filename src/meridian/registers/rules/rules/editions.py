"""An edition of a rule: inputs with units, a decision table, formulas, an outcome, worked examples.

The body of an edition is a mapping:

    inputs     {name: unit}            "" for a bare number, "word" for a code
    constants  {name: "12 month"}
    table      {"sets": name, "unit": unit, "rows": [{"when": {input: word or test}, "value": "183000"}]}
    formulas   [{"name": name, "is": expression}]   each may use what stands before it
    outcome    name
    examples   [{"given": {name: "12"}, "gives": "1234.5", "source": "A/72/6"}]

The first row of the table whose every condition holds counts; a test is written `< 5`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from meridian.registers.rules.contracts import Amount, Answer, RuleFault, Step
from meridian.registers.rules.rules.language import Value, names_in, parse, work_out
from meridian.registers.rules.rules.units import parts_of

WORD = "word"
SIGNS = ("<", ">", "=", "!")
ALLOWED_PARTS = {"inputs", "constants", "table", "formulas", "outcome", "examples"}


@dataclass(frozen=True, slots=True)
class FailedExample:
    """A worked example that an edition does not give: which one, what it says, what came out."""

    number: int
    stated: str
    found: str

    def __str__(self) -> str:
        return f"Example {self.number} states {self.stated}; the rule gives {self.found}."


def read_amount(text: object, unit: str = "") -> Amount:
    """`12.5 month` or `12.5` with the unit given; anything else is a `RuleFault`."""
    number, _, own = str(text).strip().partition(" ")
    if own and unit and parts_of(own) != parts_of(unit):
        raise RuleFault(f"“{text}” is given in {own}; {unit} is needed.")
    try:
        value = Decimal(number)
    except InvalidOperation as fault:
        raise RuleFault(f"“{text}” is no number.") from fault
    if not value.is_finite():
        raise RuleFault(f"“{text}” is no number.")
    return Amount(Fraction(value), own or unit)


def check_body(body: Mapping[str, Any]) -> None:
    """Raise `RuleFault` when an edition can't be read: unknown parts, forms or names."""
    unknown = set(body) - ALLOWED_PARTS
    if unknown:
        raise RuleFault(f"A rule has no part called {', '.join(sorted(unknown))}.")
    known = {*body.get("inputs", {}), *body.get("constants", {})}
    if table := body.get("table"):
        known.add(table["sets"])
    for formula in body.get("formulas", ()):
        missing = names_in(parse(formula["is"])) - known
        if missing:
            raise RuleFault(f"{formula['name']} uses {', '.join(sorted(missing))}, which is not known there.")
        known.add(formula["name"])
    if body.get("outcome") not in known:
        raise RuleFault(f"The outcome “{body.get('outcome')}” is never worked out.")


def explain(body: Mapping[str, Any], given: Mapping[str, object]) -> Answer:
    """Work an edition out for some inputs, keeping every step; `RuleFault` says what is missing."""
    values: dict[str, Value] = {}
    steps = []
    for name, unit in body.get("inputs", {}).items():
        if name not in given:
            raise RuleFault(f"“{name}” is needed ({unit or 'a number'}).")
        values[name] = str(given[name]) if unit == WORD else read_amount(given[name], unit)
        steps.append(Step(name, "given", str(values[name])))
    surplus = set(given) - set(values)
    if surplus:
        raise RuleFault(f"The rule has no input {', '.join(sorted(surplus))}.")
    for name, text in body.get("constants", {}).items():
        values[name] = read_amount(text)
        steps.append(Step(name, "constant", str(values[name])))
    if table := body.get("table"):
        values[table["sets"]], why = _decide(table, values)
        steps.append(Step(table["sets"], why, str(values[table["sets"]])))
    for formula in body.get("formulas", ()):
        values[formula["name"]] = work_out(formula["is"], values)
        steps.append(Step(formula["name"], formula["is"], str(values[formula["name"]])))
    outcome = values.get(body["outcome"])
    if not isinstance(outcome, Amount):
        raise RuleFault(f"The outcome “{body['outcome']}” is no amount.")
    return Answer(outcome, tuple(steps))


def failed_examples(body: Mapping[str, Any]) -> Sequence[FailedExample]:
    """The worked examples that the edition does not give exactly."""
    failed = []
    for number, example in enumerate(body.get("examples", ()), 1):
        try:
            found = explain(body, example["given"]).value
            stated = read_amount(example["gives"], found.unit)
        except RuleFault as fault:
            failed.append(FailedExample(number, str(example.get("gives")), str(fault)))
            continue
        if stated.number != found.number:
            failed.append(FailedExample(number, str(stated), str(found)))
    return failed


def _decide(table: Mapping[str, Any], values: Mapping[str, Value]) -> tuple[Amount, str]:
    for number, row in enumerate(table["rows"], 1):
        if all(_holds(values, name, wanted) for name, wanted in row.get("when", {}).items()):
            shown = ", ".join(f"{name} {wanted}" for name, wanted in row.get("when", {}).items())
            return read_amount(row["value"], table.get("unit", "")), f"row {number}: {shown or 'always'}"
    raise RuleFault(f"No row of the table for {table['sets']} fits what was given.")


def _holds(values: Mapping[str, Value], name: str, wanted: object) -> bool:
    if name not in values:
        raise RuleFault(f"The table asks for “{name}”, which is not known.")
    value, text = values[name], str(wanted).strip()
    if isinstance(value, Amount):
        sign = text if text.startswith(SIGNS) else f"== {text}"
        return bool(work_out(f"value {sign}", {"value": Amount(value.number)}))
    return value == text
