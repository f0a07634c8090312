"""Percentages made again: shares of a whole or of a group, and growth from one column to another.

Which amounts a percentage is made of is found by trying: the reading that explains most of
the stated figures is taken, and shares that make 100 within a group speak for that group.
A percentage is right when it is the exact one rounded to the decimals it is stated with.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from meridian.kernel.apportionment import round_half_up
from meridian.steering.submissions.rules.shape import Finding, Role, Shape, same
from meridian.steering.submissions.rules.words import Kind

HUNDRED = Decimal(100)
# Stands among the places of labels for "the stretch of rows up to the next sum".
STRETCH = -1
Reading = Callable[[int], Fraction | None]


def check_ratios(shape: Shape) -> Iterator[Finding]:
    """Shares, growth and other percentages that do not follow from the amounts."""
    for column in shape.columns(Role.SHARE, Role.PERCENT, Role.GROWTH, Role.GROWTH_PERCENT):
        role = shape.roles[column]
        readings: list[tuple[str, Reading, int]] = []
        if role in (Role.SHARE, Role.PERCENT):
            readings += _share_readings(shape, column)
        if role is not Role.SHARE:
            readings += _growth_readings(shape, column)
        if readings:
            yield from _check(shape, column, readings)
        elif role is Role.SHARE:
            yield from _check_hundreds(shape, column)


def _check(shape: Shape, column: int, readings: Sequence[tuple[str, Reading, int]]) -> Iterator[Finding]:
    stated = [row for row in range(len(shape.lines)) if shape.lines[row].figures[column] is not None]
    scores = [
        sum(_agrees(shape, row, column, reading(row)) for row in stated) + bonus
        for _, reading, bonus in readings
    ]
    best = scores.index(max(scores))
    rule, reading, bonus = readings[best]
    agreed = scores[best] - bonus
    single = len(readings) == 1 and shape.roles[column] is not Role.PERCENT
    if not (bonus or single or 2 * agreed >= len(stated)):
        return
    for row in stated:
        exact = reading(row)
        if exact is not None and not _agrees(shape, row, column, exact):
            yield shape.finding(row, column, _rounded(shape, row, column, exact), rule)


def _agrees(shape: Shape, row: int, column: int, exact: Fraction | None) -> bool:
    """Whether the stated figure is the exact one, rounded either way at the half."""
    if exact is None:
        return False
    line = shape.lines[row]
    if shape.roles[column] is Role.GROWTH:
        return same(shape.figure(row, column), Decimal(exact.numerator) / Decimal(exact.denominator))
    half_digit = Fraction(1, 2 * 10 ** line.entries[column].decimals)
    return abs(Fraction(shape.figure(row, column)) - exact) <= half_digit


def _rounded(shape: Shape, row: int, column: int, exact: Fraction) -> Decimal:
    if shape.roles[column] is Role.GROWTH:
        return Decimal(exact.numerator) / Decimal(exact.denominator)
    decimals = shape.lines[row].entries[column].decimals
    return Decimal(round_half_up(exact * 10**decimals)).scaleb(-decimals)


def _share_readings(shape: Shape, column: int) -> list[tuple[str, Reading, int]]:
    """Every amount column (the nearest to the left first), as a share of every grouping of the lines."""
    bases = sorted(
        shape.columns(Role.AMOUNT, Role.TOTAL), key=lambda base: (base > column, abs(base - column))
    )
    readings = []
    for places in _groupings(shape):
        hundreds = (
            _groups_of_hundred(shape, column, places) if shape.roles[column] is Role.SHARE or places else 0
        )
        for base in bases:
            readings.append(("share", _share_of_group(shape, base, places), hundreds))
            if not places and Kind.TOTAL in shape.kinds:
                readings.append(("share", _share_of_stated_total(shape, base), hundreds))
    if shape.columns(Role.LEVEL):
        readings += [
            ("share", _share_of_parent(shape, base, whole), 0) for base in bases for whole in (False, True)
        ]
    for base, whole in combinations(bases[::-1], 2):
        readings.append(("share", _ratio(shape, base, whole), 0))
        readings.append(("share", _ratio(shape, whole, base), 0))
    return readings


def _groupings(shape: Shape) -> list[tuple[int, ...]]:
    """Label places that part the lines into groups of more than one; none of them is the whole table."""
    rows = shape.rows()
    places = range(len(shape.labels[0]) if shape.labels else 0)
    found: list[tuple[int, ...]] = [()]
    if Kind.SUBTOTAL in shape.kinds:
        found.append((STRETCH,))
    for size in (1, 2):
        for chosen in combinations(places, size):
            groups = {tuple(shape.labels[row][place] for place in chosen) for row in rows}
            if 1 < len(groups) < len(rows):
                found.append(chosen)
    return found


def _group(shape: Shape, row: int, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        str(sum(kind is not Kind.LINE for kind in shape.kinds[:row]))
        if place == STRETCH
        else shape.labels[row][place]
        for place in places
    )


def _groups_of_hundred(shape: Shape, column: int, places: Sequence[int]) -> int:
    """In how many groups of lines the stated shares make 100 (within what rounding can leave)."""
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    slack: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    sizes: dict[tuple[str, ...], int] = defaultdict(int)
    for row in shape.rows():
        if shape.lines[row].figures[column] is None:
            continue
        group = _group(shape, row, places)
        sums[group] += shape.figure(row, column)
        slack[group] += Decimal(5).scaleb(-1 - shape.lines[row].entries[column].decimals)
        sizes[group] += 1
    return sum(sizes[group] > 1 and abs(sums[group] - HUNDRED) <= slack[group] for group in sums)


def _share_of_group(shape: Shape, base: int, places: Sequence[int]) -> Reading:
    wholes: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in shape.rows():
        wholes[_group(shape, row, places)] += shape.figure(row, base)
    everything = sum(wholes.values(), Decimal(0))

    def share(row: int) -> Fraction | None:
        value = shape.lines[row].figures[base]
        whole = wholes.get(_group(shape, row, places)) if shape.kinds[row] is Kind.LINE else None
        if shape.kinds[row] is not Kind.LINE:
            whole = value if places else everything
        return None if value is None or not whole else Fraction(value) * 100 / Fraction(whole)

    return share


def _share_of_stated_total(shape: Shape, base: int) -> Reading:
    whole = shape.figure(shape.rows(Kind.TOTAL)[-1], base)

    def share(row: int) -> Fraction | None:
        value = shape.lines[row].figures[base]
        return None if value is None or not whole else Fraction(value) * 100 / Fraction(whole)

    return share


def _share_of_parent(shape: Shape, base: int, to_the_top: bool) -> Reading:
    """The share of the row one level up (the nearest above, else below) or of the row at the top."""

    def parent(row: int) -> int:
        level = shape.level(row)
        others = [*range(row - 1, -1, -1), *range(row + 1, len(shape.lines))]
        for other in others:
            above = shape.level(other)
            if level is not None and above == level - 1:
                return other
        return row

    def share(row: int) -> Fraction | None:
        whole_row = parent(row)
        while to_the_top and parent(whole_row) != whole_row:
            whole_row = parent(whole_row)
        value, whole = shape.lines[row].figures[base], shape.lines[whole_row].figures[base]
        return None if value is None or not whole else Fraction(value) * 100 / Fraction(whole)

    return share


def _ratio(shape: Shape, part: int, whole: int) -> Reading:
    def ratio(row: int) -> Fraction | None:
        base, value = shape.lines[row].figures[whole], shape.lines[row].figures[part]
        return Fraction(value) * 100 / Fraction(base) if base and value is not None else None

    return ratio


def _growth_readings(shape: Shape, column: int) -> list[tuple[str, Reading, int]]:
    """Every pair of amount columns, the nearest to the left first, forward and backward."""
    amounts = sorted(
        shape.columns(Role.AMOUNT, Role.TOTAL), key=lambda other: (other > column, abs(other - column))
    )
    readings: list[tuple[str, Reading, int]] = []
    for later, earlier in combinations(amounts, 2):
        low, high = min(earlier, later), max(earlier, later)
        rule = "growth_amount" if shape.roles[column] is Role.GROWTH else "growth"
        readings += [(rule, _growth(shape, column, low, high, sign), 0) for sign in (1, -1)]
    if shape.roles[column] is not Role.GROWTH:
        readings += [
            ("growth", _ratio(shape, change, base), 0)
            for change in shape.columns(Role.GROWTH)
            for base in shape.columns(Role.AMOUNT, Role.TOTAL)
        ]
    return readings


def _growth(shape: Shape, column: int, old: int, new: int, sign: int) -> Reading:
    amount = shape.roles[column] is Role.GROWTH

    def growth(row: int) -> Fraction | None:
        before, after = shape.lines[row].figures[old], shape.lines[row].figures[new]
        if before is None or after is None:
            return None
        difference = sign * (Fraction(after) - Fraction(before))
        if amount:
            return difference
        return difference * 100 / Fraction(before) if before else None

    return growth


def _check_hundreds(shape: Shape, column: int) -> Iterator[Finding]:
    """Shares without amounts: within the groups that make 100, the ones that do not."""
    groupings = _groupings(shape)
    best = max(groupings, key=lambda places: _groups_of_hundred(shape, column, places))
    if best and not _groups_of_hundred(shape, column, best):
        best = ()
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in shape.rows():
        if shape.lines[row].figures[column] is not None:
            members[_group(shape, row, best)].append(row)
    for rows in members.values():
        total = sum((shape.figure(row, column) for row in rows), Decimal(0))
        slack = sum(
            (Decimal(5).scaleb(-1 - shape.lines[row].entries[column].decimals) for row in rows), Decimal(0)
        )
        if len(rows) > 1 and abs(total - HUNDRED) > slack / 2:
            found = shape.finding(rows[-1], column, HUNDRED, "share_sum")
            yield Finding(found.file, found.row, found.line, found.column, total, HUNDRED, found.rule)
