"""Setting freezes and maintenance windows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command, write_row
from meridian.engine.policies import Actor
from meridian.work.change_calendar.models import ChangeWindow


@command("change_calendar.changewindow.add", on=ChangeWindow)
def add_window(*, actor: Actor, **fields: Any) -> ChangeWindow:
    """Set a freeze or a maintenance window; a freeze that another covers already says nothing."""
    return _kept(ChangeWindow(), fields)


@command("change_calendar.changewindow.change", on=ChangeWindow, target="row")
def change_window(*, actor: Actor, row: ChangeWindow, **fields: Any) -> ChangeWindow:
    """Set it otherwise."""
    return _kept(row, fields)


def _kept(row: ChangeWindow, fields: dict[str, Any]) -> ChangeWindow:
    row = write_row(row, fields)
    if row.type == ChangeWindow.Type.FREEZE and not row.scopes.exists():
        same = ChangeWindow.objects.filter(
            type=row.type,
            region=row.region,
            starts_at__lt=row.ends_at,
            ends_at__gt=row.starts_at,
            scopes=None,
        )
        other = same.exclude(pk=row.pk).first()
        if other is not None:
            raise Refusal(
                _("The freeze “%(other)s” overlaps this one and holds for the same: change that one instead.")
                % {"other": other},
                "starts_at",
            )
    return row
