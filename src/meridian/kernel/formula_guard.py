"""Texts of CSV files that a spreadsheet would take for formulas: an apostrophe makes them harmless."""

import re

STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def guarded(text: str) -> str:
    """The text, harmless; before apostrophes stands one more, so that each is taken off once."""
    return f"'{text}" if _is_formula(text.lstrip("'")) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _is_formula(text.lstrip("'")) else text


def _is_formula(text: str) -> bool:
    return text.startswith(STARTS)
