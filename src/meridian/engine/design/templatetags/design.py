"""Tags of the design system: icons, states and the body of a list table."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import TONES, Cell, Table, proof_handle, table_body, value_markup
from meridian.engine.figures import number_text

register = template.Library()

SPRITE = Path(__file__).parents[1] / "static/meridian/icons.svg"
ICON_NAMES = frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
TURNING = frozenset({"next", "previous", "reply", "sign-out"})


@register.simple_tag
def once() -> SafeString:
    """A key in a form by which what is sent twice, such as by a double click, is carried out once."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4().hex)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A drawing from the sprite, hidden from screen readers: put words beside it.

    ValueError when the sprite has no symbol of that name. Arrows turn round in Arabic.
    """
    if name not in ICON_NAMES:
        raise ValueError(f"The sprite has no icon {name!r}; add it to tools/gallery/build_icons.py.")
    turn = " turns" if name in TURNING else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        turn,
        static("meridian/icons.svg"),
        name,
    )


@register.simple_tag
@cache
def asset(path: str) -> str:
    """The address of a file of the product; it stays the same while the process runs."""
    return static(path)


@register.simple_tag
@cache
def language_label(current: str) -> str:
    """The name of a language in that language; empty when it is not on offer."""
    on_offer = current in dict(settings.LANGUAGES)
    return str(get_language_info(current)["name_local"]) if on_offer else ""


@register.simple_tag
@cache
def language_buttons(current: str) -> SafeString:
    """A button for each language, named in itself; the one with the code `current` is marked."""
    pieces = []
    for code, _name in settings.LANGUAGES:
        info = get_language_info(code)
        direction = "rtl" if info["bidi"] else "ltr"
        here = ' aria-current="true"' if code == current else ""
        button = f'<button name="language" value="{code}" lang="{code}" dir="{direction}"{here}>'
        pieces.append(f"\n{button}{escape(info['name_local'])}</button>")
    return SafeString("".join(pieces))


@register.simple_tag
def state(tone: str, label: str) -> SafeString:
    """A word with its sign; `tone` is good, watch, bad, still or accent, else ValueError."""
    if tone not in TONES:
        raise ValueError(f"{tone!r} is no tone of a state; use one of {', '.join(TONES)}.")
    return format_html('<span class="state {}">{}</span>', tone, label)


@register.simple_tag
def proof(url: str | Unproved, figure: str) -> SafeString:
    """The link from a figure to its proof, or why it has none; nothing without either.

    `figure` says what it is, in words.
    """
    return SafeString(proof_handle(url, figure)) if url else SafeString()


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """The rows of a list table, printed in one pass."""
    return table_body(table)


@register.simple_tag
def fact_rows(facts: Iterable[dict[str, Any]] | None) -> SafeString:
    """The rows of `design/partials/facts.html`, printed in one pass: an item has some twenty."""
    return SafeString("".join(map(_fact, facts or ())))


def _fact(fact: dict[str, Any]) -> str:
    found: Any = fact.get("text")
    text: Any = found
    if isinstance(found, int | Decimal) and not isinstance(found, bool):
        text = number_text(found)
    elif found in ("", None):
        text = "–"
    kind = "state" if fact.get("tone") else fact.get("kind", "text")
    cell = Cell(text, kind, fact.get("url") or "", fact.get("tone") or "", fact.get("instant") or "")
    handle = proof_handle(fact["proof"], str(fact.get("label", ""))) if fact.get("proof") else ""
    language = f' lang="{escape(fact["lang"])}"' if fact.get("lang") else ""
    return (
        f"<dt>{conditional_escape(fact.get('label', ''))}</dt><dd{language}>{value_markup(cell)}{handle}</dd>"
    )


@register.simple_tag
def value(cell: Cell) -> SafeString:
    """A value of the renderer within text."""
    return value_markup(cell)


@register.simple_tag
def menu_entries(menu: Iterable[dict[str, Any]]) -> SafeString:
    """The entries of the main menu, printed in one pass: every page has all of them."""
    return SafeString(f"<ul>{''.join(map(_menu_entry, menu))}</ul>")


def _menu_entry(item: dict[str, Any]) -> str:
    here = ' aria-current="page"' if item["current"] else ""
    key = f' data-go="{escape(str(item["key"]))}"' if item.get("key") else ""
    drawing = icon(item["icon"]) if item.get("icon") else ""
    return f'<li><a href="{escape(item["url"])}"{here}{key}>{drawing}{escape(str(item["title"]))}</a></li>\n'
