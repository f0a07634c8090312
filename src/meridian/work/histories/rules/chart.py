"""The shares of a log as bars one below the other, as markup."""

from collections.abc import Sequence

from meridian.engine.design.marks import Markup, Said, drawing, mark, reach

ROW_HEIGHT, BAR_HEIGHT, WIDTH = 10, 7, 600
TONES = ("watch", "bad", "good", "still")


def draw_shares(title: str, shares: Sequence[float | None], said: Sequence[Said]) -> Markup:
    """An <svg> of a bar for each share that is told, from nought to a hundred per cent."""
    told = [each for each in zip(TONES, shares, said, strict=True) if each[1] is not None]
    height = max(len(told), 1) * ROW_HEIGHT
    parts = [
        f'<path class="grid" d="{"".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))}"/>'
    ]
    for row, (tone, share, words) in enumerate(told):
        width = max(WIDTH * share / 100, 1.5) if share else 0
        y = row * ROW_HEIGHT
        bar = f'<rect class="{tone}" x="0" y="{y}" width="{width:.1f}" height="{BAR_HEIGHT}"/>'
        parts.append(mark(words, reach(0, y, WIDTH, ROW_HEIGHT), bar))
    return drawing(WIDTH, height, title, parts)
