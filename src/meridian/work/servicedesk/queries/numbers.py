"""The number series of the kinds of work item, and what short forms of a number mean."""

import re

from meridian.engine.numbering import Series
from meridian.work.servicedesk.contracts import Kind

SERIES = {Kind.INCIDENT.value: Series("INC"), Kind.REQUEST.value: Series("REQ")}
SHORT = re.compile(r"([A-Z]*)[\s\-#.:]*0*(\d{1,12})", re.ASCII)


def meant_numbers(text: str) -> set[str]:
    """The numbers that somebody may mean who types `text`: `22348`, `inc 22348` or all of it."""
    typed = text.strip().upper()
    short = SHORT.fullmatch(typed)
    if short is None:
        return {text, typed}
    prefix, count = short.groups()
    series = [one for one in SERIES.values() if prefix in ("", one.prefix)]
    return {text, typed, *(one.text(int(count)) for one in series)}
