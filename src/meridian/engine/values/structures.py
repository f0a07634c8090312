"""Values that have parts: texts in several languages, lists and objects of JSON."""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, ngettext

from meridian.engine.figures import day_text, instant_text, list_text, number_text
from meridian.engine.translation import language_codes
from meridian.engine.values.kinds import is_grouped

NIL = "–"
MOST_PARTS = 50
DEEPEST = 3
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)")


def scalar_text(value: Any, name: str = "") -> str:
    """A part of a structure that has no parts itself; `name` says whether a number is a key."""
    if value is None or value == "":
        return NIL
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, int):
        return number_text(value, grouped=is_grouped(name))
    if isinstance(value, float | Decimal):
        return number_text(Decimal(str(value)))
    text = str(value)
    try:
        if INSTANT.fullmatch(text):
            return instant_text(datetime.datetime.fromisoformat(text))
        if DAY.fullmatch(text):
            return day_text(datetime.date.fromisoformat(text))
    except ValueError:
        pass
    return text


def structure_text(value: Any, name: str = "") -> str:
    """A structure in one line, as lists, histories and mail tell it."""
    if isinstance(value, Mapping):
        if _is_translated(value):
            return str(value.get(get_language() or "en") or next(iter(value.values())))
        parts = (f"{part_label(key)}: {structure_text(part, key)}" for key, part in value.items())
        return "; ".join(parts) or NIL
    if isinstance(value, list | tuple):
        return list_text(structure_text(part, name) for part in value) or NIL
    return scalar_text(value, name)


def structure_markup(value: Any, name: str = "", depth: int = 0) -> SafeString:
    """A structure as a small table; beyond some depth as a line, beyond some rows with their number."""
    if not isinstance(value, Mapping | list | tuple) or not value or depth >= DEEPEST:
        return format_html("<bdi>{}</bdi>", structure_text(value, name))
    if isinstance(value, Mapping):
        if _is_translated(value):
            return translated_markup(value)
        rows = [
            (part_label(key), structure_markup(part, key, depth + 1))
            for key, part in islice(value.items(), MOST_PARTS)
        ]
        body = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', rows)
        return _table(SafeString(""), body, len(value))
    columns = _columns(value)
    if not columns:
        if not any(isinstance(part, Mapping | list | tuple) for part in value):
            return format_html("<bdi>{}</bdi>", structure_text(value, name))
        parts = ((structure_markup(part, name, depth + 1),) for part in islice(value, MOST_PARTS))
        return _table(SafeString(""), format_html_join("", "<tr><td>{}</td></tr>", parts), len(value))
    head = format_html_join("", '<th scope="col">{}</th>', ((part_label(key),) for key in columns))
    lines = ((_line(part, columns, depth + 1),) for part in islice(value, MOST_PARTS))
    return _table(
        format_html("<thead><tr>{}</tr></thead>", head),
        format_html_join("", "<tr>{}</tr>", lines),
        len(value),
    )


def translated_markup(texts: Mapping[str, str]) -> SafeString:
    """A text with the reader's language first and its others folded."""
    own = get_language() or "en"
    shown = next((code for code in (own, *language_codes()) if texts.get(code)), "")
    if not shown:
        return SafeString(NIL)
    first = format_html('<bdi lang="{}">{}</bdi>', shown, texts[shown])
    others = [code for code in language_codes() if code != shown and texts.get(code)]
    if not others:
        return first
    rows = [(get_language_info(code)["name_local"], code, texts[code]) for code in others]
    words = ngettext("%(count)s other language", "%(count)s other languages", len(others))
    return format_html(
        '{}<details class="versions"><summary>{}</summary><dl>{}</dl></details>',
        first,
        words % {"count": number_text(len(others))},
        format_html_join("", '<dt>{}</dt><dd lang="{}" dir="auto">{}</dd>', rows),
    )


def part_label(key: Any) -> str:
    """A key of a structure as people read it."""
    text = str(key).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _is_translated(value: Mapping[Any, Any]) -> bool:
    texts = all(isinstance(part, str) for part in value.values())
    return bool(value) and texts and set(value) <= set(language_codes())


def _line(part: Mapping[str, Any], columns: list[str], depth: int) -> SafeString:
    cells = ((structure_markup(part.get(key), key, depth),) for key in columns)
    return format_html_join("", "<td>{}</td>", cells)


def _columns(parts: Any) -> list[str]:
    """The common keys of a list of objects, in their order; none when it is no list of such."""
    if not all(isinstance(part, Mapping) for part in parts):
        return []
    return list(dict.fromkeys(key for part in islice(parts, MOST_PARTS) for key in part))


def _table(head: SafeString, body: SafeString, size: int) -> SafeString:
    more = SafeString("")
    if size > MOST_PARTS:
        words = gettext("%(shown)s of %(total)s are shown.") % {
            "shown": number_text(MOST_PARTS),
            "total": number_text(size),
        }
        more = format_html('<p class="small soft">{}</p>', words)
    return format_html('<table class="parts">{}<tbody>{}</tbody></table>{}', head, body, more)


def joined_markup(texts: list[SafeString]) -> SafeString:
    """Several pieces of markup, parted as the language parts a list."""
    return SafeString(list_text(str(conditional_escape(text)) for text in texts))
