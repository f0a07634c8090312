"""How old open work is, in the buckets that desks use."""

BUCKETS: tuple[tuple[int, int | None], ...] = ((0, 1), (2, 5), (6, 15), (16, 30), (31, 90), (91, None))
