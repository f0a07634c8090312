"""Expressions of rules: read as Python's, of which a short list of forms is allowed, worked out exactly.

Numbers are exact decimals, never floats; amounts carry units. Allowed are numbers, names,
`+ - * / **` (whole powers), comparisons, `and`, `or`, `not`, `A if C else B`, quoted words, and
the functions min, max, round and abs. Nothing else can be called, looked up or imported.
"""

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from meridian.kernel.apportionment import round_half_up
from meridian.registers.rules.contracts import Amount, RuleFault
from meridian.registers.rules.rules.units import add, divide, multiply, parts_of

Value = Amount | str | bool
LONGEST, DEEPEST, LARGEST_POWER = 2_000, 60, 64
COMPARISONS: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,  # type: ignore[operator]
    ast.LtE: lambda a, b: a <= b,  # type: ignore[operator]
    ast.Gt: lambda a, b: a > b,  # type: ignore[operator]
    ast.GtE: lambda a, b: a >= b,  # type: ignore[operator]
}


def parse(text: str) -> ast.expr:
    """The tree of an expression; a form that is not allowed is a `RuleFault` with its place."""
    if len(text) > LONGEST:
        raise RuleFault(f"The expression is longer than {LONGEST} characters; part it into several formulas.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as fault:
        raise RuleFault(f"“{text}” can't be read: {getattr(fault, 'msg', fault)}.") from fault
    _refuse_forms(tree, text, 0)
    return tree


def names_in(tree: ast.expr) -> set[str]:
    """The names whose values an expression needs."""
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}  # type: ignore[attr-defined]
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - called


def work_out(text: str, values: Mapping[str, Value]) -> Value:
    """The value of an expression; a name without a value is a `RuleFault`."""
    return _Worker(text, values).value(parse(text))


ALLOWED: tuple[Any, ...] = (
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Name, ast.Constant, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.Not, ast.And, ast.Or, *COMPARISONS),
)
FUNCTIONS = ("min", "max", "round", "abs")


def _refuse_forms(node: ast.AST, text: str, depth: int) -> None:
    if depth > DEEPEST:
        raise RuleFault(f"The expression is nested more than {DEEPEST} deep; part it into several formulas.")
    column = getattr(node, "col_offset", 0) + 1
    if not isinstance(node, ALLOWED):
        raise RuleFault(f"“{text}”, column {column}: {type(node).__name__} is not allowed in a rule.")
    if isinstance(node, ast.Call) and (
        not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords
    ):
        raise RuleFault(f"“{text}”, column {column}: only {', '.join(FUNCTIONS)} can be called.")
    if isinstance(node, ast.Constant) and (
        isinstance(node.value, bytes | complex) or node.value is None or node.value is Ellipsis
    ):
        raise RuleFault(f"“{text}”, column {column}: write a number or a quoted word.")
    for child in ast.iter_child_nodes(node):
        _refuse_forms(child, text, depth + 1)


class _Worker:
    """Works out one expression; `text` is kept for numbers, which are read as they were written."""

    def __init__(self, text: str, values: Mapping[str, Value]) -> None:
        self.text, self.values = text.strip(), values

    def value(self, node: ast.expr) -> Value:
        return getattr(self, f"_{type(node).__name__.lower()}")(node)

    def amount(self, node: ast.expr) -> Amount:
        found = self.value(node)
        if not isinstance(found, Amount):
            raise RuleFault(f"“{ast.unparse(node)}” is {found!r}, where an amount is needed.")
        return found

    def truth(self, node: ast.expr) -> bool:
        found = self.value(node)
        if not isinstance(found, bool):
            raise RuleFault(f"“{ast.unparse(node)}” is {found}, where yes or no is needed.")
        return found

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, bool | str):
            return node.value
        written = ast.get_source_segment(self.text, node) or str(node.value)
        try:
            return Amount(Fraction(Decimal(written.replace("_", ""))))
        except InvalidOperation as fault:
            raise RuleFault(f"{written} is no decimal number.") from fault

    def _name(self, node: ast.Name) -> Value:
        if node.id not in self.values:
            raise RuleFault(
                f"“{node.id}” has no value; known are {', '.join(sorted(self.values)) or 'none'}."
            )
        return self.values[node.id]

    def _binop(self, node: ast.BinOp) -> Value:
        first, second = self.amount(node.left), self.amount(node.right)
        if isinstance(node.op, ast.Add | ast.Sub):
            return add(first, second, 1 if isinstance(node.op, ast.Add) else -1)
        if isinstance(node.op, ast.Mult):
            return multiply(first, second)
        return divide(first, second) if isinstance(node.op, ast.Div) else _power(first, second)

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.Not):
            return not self.truth(node.operand)
        amount = self.amount(node.operand)
        return Amount(-amount.number, amount.unit)

    def _boolop(self, node: ast.BoolOp) -> bool:
        meet = all if isinstance(node.op, ast.And) else any
        return meet(self.truth(part) for part in node.values)

    def _compare(self, node: ast.Compare) -> bool:
        values = [self.value(part) for part in (node.left, *node.comparators)]
        pairs = zip(values, values[1:], strict=False)
        return all(_compared(type(op), a, b) for op, (a, b) in zip(node.ops, pairs, strict=True))

    def _ifexp(self, node: ast.IfExp) -> Value:
        return self.value(node.body if self.truth(node.test) else node.orelse)

    def _call(self, node: ast.Call) -> Amount:
        name = node.func.id  # type: ignore[attr-defined]
        amounts = [self.amount(part) for part in node.args]
        if not amounts:
            raise RuleFault(f"{name}() needs something between its brackets.")
        if name == "abs":
            return Amount(abs(amounts[0].number), amounts[0].unit)
        if name == "round":
            return _rounded(amounts)
        for other in amounts[1:]:
            add(amounts[0], other)
        chosen = (min if name == "min" else max)(amount.number for amount in amounts)
        return Amount(chosen, amounts[0].unit)


def _compared(operator: type[ast.cmpop], first: Value, second: Value) -> bool:
    if isinstance(first, Amount) and isinstance(second, Amount):
        add(first, second)
        return COMPARISONS[operator](first.number, second.number)
    if type(first) is not type(second):
        raise RuleFault(f"{first} and {second} can't be compared.")
    return COMPARISONS[operator](first, second)


def _power(base: Amount, exponent: Amount) -> Amount:
    if exponent.unit or exponent.number.denominator != 1 or abs(exponent.number) > LARGEST_POWER:
        raise RuleFault(
            f"A power is a whole number from −{LARGEST_POWER} to {LARGEST_POWER}, not {exponent}."
        )
    if parts_of(base.unit):
        raise RuleFault(f"{base} has a unit; only bare numbers are raised to a power.")
    if base.number == 0 and exponent.number < 0:
        raise RuleFault("Zero has no negative power.")
    return Amount(base.number ** int(exponent.number))


def _rounded(amounts: list[Amount]) -> Amount:
    """To whole numbers, or to as many decimals as the second amount says; halves away from zero."""
    decimals = int(amounts[1].number) if len(amounts) > 1 else 0
    if not 0 <= decimals <= 12:
        raise RuleFault("Round to 0 to 12 decimals.")
    return Amount(Fraction(round_half_up(amounts[0].number * 10**decimals), 10**decimals), amounts[0].unit)
