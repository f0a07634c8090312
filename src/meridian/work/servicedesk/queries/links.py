"""Links between items."""

from meridian.work.servicedesk.models import Link, WorkItem


def ancestors_of(item: int) -> list[int]:
    """The items above this one, nearest first."""
    found: list[int] = []
    above: int | None = item
    while above := (
        Link.objects.filter(target=above, type=Link.Type.PARENT).values_list("source", flat=True).first()
    ):
        found.append(above)
    return found


def depth_below(item: int) -> int:
    """How many levels the tree of parts has from this item down, itself counted."""
    depth, level = 0, {item}
    while level:
        depth += 1
        level = set(
            Link.objects.filter(source__in=level, type=Link.Type.PARENT).values_list("target", flat=True)
        )
    return depth


def ended_whole(item: int) -> WorkItem | None:
    """The nearest item above this one that has ended; None while all above it go on."""
    above = ancestors_of(item)
    found = WorkItem.objects.in_bulk(above)
    return next((found[key] for key in above if not found[key].is_open), None)
