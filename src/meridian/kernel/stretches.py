"""Stretches of seconds since 1970, each up to and without its end: joined, and what they have in common."""

from collections.abc import Iterable

Stretch = tuple[int, int]


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join ordered stretches that touch or overlap, and drop empty ones."""
    joined: list[Stretch] = []
    for begin, end in stretches:
        if end <= begin:
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def common(one: list[Stretch], other: list[Stretch]) -> list[Stretch]:
    """What two ordered lists have in common."""
    shared: list[Stretch] = []
    left = right = 0
    while left < len(one) and right < len(other):
        begin = max(one[left][0], other[right][0])
        end = min(one[left][1], other[right][1])
        if begin < end:
            shared.append((begin, end))
        if one[left][1] <= other[right][1]:
            left += 1
        else:
            right += 1
    return shared
