"""Histories, newest first: a part of them with the way to what is earlier."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meridian.engine.listing.cut import Cut, cut
from meridian.engine.listing.parameters import NotUnderstood, shown
from meridian.engine.policies import Request

BEFORE = "before"


def latest(request: Request, rows: QuerySet[Any], most: int) -> tuple[Cut[Any], str]:
    """The newest rows of those before `?before=ID`, and the address of the earlier ones, "" without any."""
    asked = request.GET.get(BEFORE, "")
    if asked:
        if not asked.isdecimal() or len(asked) > 18:
            raise NotUnderstood(
                {BEFORE: _("“%(value)s” is no place in this list.") % {"value": shown(asked)}}
            )
        rows = rows.filter(pk__lt=int(asked))
    found = cut(rows.order_by("-pk"), most)
    return found, f"?{BEFORE}={found.shown[-1].pk}" if found.is_cut else ""
