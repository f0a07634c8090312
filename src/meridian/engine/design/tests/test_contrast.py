"""Every colour that carries words passes WCAG AA on every ground it stands on, light and dark."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[1] / "static/meridian/meridian.css").read_text(encoding="utf-8")
BLOCKS = {
    "light": r":root \{(.*?)\n\}",
    "dark by system": r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}',
    "dark by choice": r':root\[data-theme="dark"\] \{(.*?)\n  \}',
}
GROUNDS = ("paper", "sheet", "well")
PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "soft", "accent", "good", "watch", "bad", "still")
        for ground in GROUNDS
    ),
    *((tone, f"{tone}-wash") for tone in ("good", "watch", "bad", "still")),
    *(("ink", wash) for wash in ("wash", "good-wash", "watch-wash", "bad-wash", "still-wash")),
    *(("accent", wash) for wash in ("wash", "good-wash", "watch-wash", "bad-wash", "still-wash")),
    ("on-accent", "accent"),
    ("halo", "good"),
    ("ink", "halo"),
    ("dark-ink", "dark-halo"),
]


def tokens(theme: str) -> dict[str, str]:
    """Custom properties of one theme that are colours."""
    block = re.search(BLOCKS[theme], SHEET, re.S)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block.group(1)))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_on_black_and_white() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read(theme: str, ink: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize("ground", GROUNDS[:2])
def test_the_ring_of_focus_can_be_seen(theme: str, ground: str) -> None:
    assert contrast(tokens(theme)["accent"], tokens(theme)[ground]) >= 3


def test_both_ways_to_the_dark_theme_are_the_same() -> None:
    assert tokens("dark by system") == tokens("dark by choice")
    assert tokens("light").keys() == tokens("dark by choice").keys()


def test_the_sheet_mirrors_by_itself() -> None:
    physical = (
        r"[\s;{](margin|padding|border)-(left|right)|[\s;{](left|right):|text-align: (left|right)|float:"
    )
    assert not re.search(physical, SHEET)
