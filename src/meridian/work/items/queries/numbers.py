"""What people mean who type a number, and which numbers lead to an item already."""

import re
from collections.abc import Iterable, Sequence

from django.db.models.expressions import RawSQL

from meridian.engine.numbering import Series
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.work.items.models import Item
from meridian.work.items.queries.kin import kin_of

SHORT = re.compile(r"([A-Z]*)[\s\-#.:]*0*(\d{1,12})", re.ASCII)


def meant_numbers(series: Iterable[Series], text: str) -> set[str]:
    """The numbers that somebody may mean who types `text`: `22348`, `inc 22348` or all of it."""
    typed = text.strip().upper()
    short = SHORT.fullmatch(typed)
    if short is None:
        return {text, typed}
    prefix, count = short.groups()
    meant = [one for one in series if prefix in ("", one.prefix)]
    return {text, typed, *(one.text(int(count)) for one in meant)}


def meant_item(model: type[Item], series: Iterable[Series], actor: Actor, text: str) -> str | None:
    """The present number of the one item that `text` means, in any short form, if the actor may see it.

    None where it means several, such as an incident and a request: the search shows them.
    """
    asked = meant_numbers(series, text)
    numbers = permitted_rows(model, actor).values_list("number", flat=True).order_by("pk")
    further = kin_of(model).number.objects.filter(alias__in=asked).values("item")
    found = list(numbers.filter(number__in=asked)[:2]) or list(numbers.filter(pk__in=further)[:2])
    return str(found[0]) if len(found) == 1 else None


def taken_numbers(model: type[Item], numbers: Sequence[str]) -> set[str]:
    """Which of these numbers already lead to an item, as its own or a further one."""
    # As one array: an import asks for thousands at once.
    asked = RawSQL("SELECT unnest(%s::text[])", [list(numbers)])
    own = model._default_manager.filter(number__in=asked).values_list("number", flat=True)
    further = kin_of(model).number.objects.filter(alias__in=asked).values_list("alias", flat=True)
    return {*own, *further}
