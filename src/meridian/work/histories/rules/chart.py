"""The shares of each log as bars beside each other, as markup without words."""

from collections.abc import Sequence

ROW_HEIGHT, BAR_HEIGHT, WIDTH, GAP = 16, 11, 600, 14
TONES = ("watch", "bad", "good", "still")


def draw_shares(logs: Sequence[Sequence[float | None]]) -> str:
    """An <svg> of one group of bars for each log, from nought to a hundred per cent."""
    height = len(logs) * (len(TONES) * ROW_HEIGHT + GAP)
    parts = [
        f'<path class="grid" d="{"".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))}"/>'
    ]
    for place, shares in enumerate(logs):
        top = place * (len(TONES) * ROW_HEIGHT + GAP)
        for row, (tone, share) in enumerate(zip(TONES, shares, strict=True)):
            if share:
                width = max(WIDTH * share / 100, 1.5)
                y = top + row * ROW_HEIGHT
                parts.append(
                    f'<rect class="{tone}" x="0" y="{y}" width="{width:.1f}" height="{BAR_HEIGHT}"/>'
                )
    return f'<svg viewBox="0 0 {WIDTH} {max(height, 1)}" aria-hidden="true">{"".join(parts)}</svg>'
