"""Keeping teams, categories, hold reasons and the priority matrix."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command, write_row
from meridian.engine.policies import Actor
from meridian.work.servicedesk.models import PriorityCell
from meridian.work.servicedesk.queries.settings import forget_settings
from meridian.work.servicedesk.rules import matrix_fault


@command("servicedesk.prioritycell.change", on=PriorityCell, target="row")
def change_priority_cell(*, actor: Actor, row: PriorityCell, **fields: Any) -> PriorityCell:
    """Change a cell of the matrix; it stays complete, and a graver case never gets a lower priority."""
    write_row(row, fields)
    cells = PriorityCell.objects.values_list("impact", "urgency", "priority")
    fault = matrix_fault({(impact, urgency): priority for impact, urgency, priority in cells})
    if fault:
        raise Refusal(
            _(
                "The matrix must give each case a priority, and a graver one never a lower: "
                "look at impact %(impact)d, urgency %(urgency)d."
            )
            % {"impact": fault[0], "urgency": fault[1]},
            "priority",
        )
    forget_settings()
    return row
