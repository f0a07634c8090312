"""The shares of a log as bars one below the other, as markup without words."""

from collections.abc import Sequence

ROW_HEIGHT, BAR_HEIGHT, WIDTH = 10, 7, 600
TONES = ("watch", "bad", "good", "still")


def draw_shares(shares: Sequence[float | None]) -> str:
    """An <svg> of a bar for each share that is told, from nought to a hundred per cent."""
    told = [(tone, share) for tone, share in zip(TONES, shares, strict=True) if share is not None]
    height = max(len(told), 1) * ROW_HEIGHT
    parts = [
        f'<path class="grid" d="{"".join(f"M{WIDTH * step / 4:.0f} 0V{height}" for step in range(5))}"/>'
    ]
    for row, (tone, share) in enumerate(told):
        width = max(WIDTH * share / 100, 1.5) if share else 0
        y = row * ROW_HEIGHT
        parts.append(f'<rect class="{tone}" x="0" y="{y}" width="{width:.1f}" height="{BAR_HEIGHT}"/>')
    return f'<svg viewBox="0 0 {WIDTH} {height}" aria-hidden="true">{"".join(parts)}</svg>'
