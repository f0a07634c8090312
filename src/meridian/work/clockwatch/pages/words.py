"""Words and tables that the pages of clocks share."""

from datetime import datetime, tzinfo
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.design.tables import Cell
from meridian.engine.figures import instant_text


def span_text(seconds: int) -> str:
    """So many seconds as hours, minutes and seconds: 26:05:09."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def instant_cell(at: datetime, zone: tzinfo) -> Cell:
    """An instant by the clock of a zone."""
    with timezone.override(zone):
        return Cell(instant_text(at), "date", instant=at.isoformat())


def hours_words(text: str) -> str:
    """Hours as they are written, in words where they are no code."""
    words = {
        "team": _("the team"),
        "site": _("the site"),
        "hubs": _("the hubs"),
        "always": _("the whole day and week"),
        "&": _("and"),
        "|": _("or"),
    }
    spaced = text.replace("(", "( ").replace(")", " )").replace("&", " & ").replace("|", " | ")
    said = " ".join(str(words.get(part, part)) for part in spaced.split())
    return said.replace("( ", "(").replace(" )", ")")


def choices_for(options: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    """What a form of choices shows: value, words, and which is chosen."""
    return [{"value": value, "words": words, "chosen": value == chosen} for value, words in options.items()]
