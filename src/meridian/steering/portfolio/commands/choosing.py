"""Keeping what the selection answered."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from meridian.engine.commands import clean_row, command
from meridian.engine.policies import Actor
from meridian.steering.portfolio.models import Selection


@command("portfolio.selection.choose", on=Selection, title=gettext_lazy("keep what was chosen"))
def choose(*, actor: Actor, unit: Any, answer: dict[str, Any]) -> Selection:
    """Keep an answer of the selection for good, in the charge of a unit."""
    row = Selection(
        unit=unit,
        status=answer["status"],
        value_usd=Decimal(answer["value"]),
        bound_usd=Decimal(answer["bound"]),
        cost_usd=Decimal(answer["cost"]),
        answer=answer,
    )
    clean_row(row)
    row.save()
    return row
