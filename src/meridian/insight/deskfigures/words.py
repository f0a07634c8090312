"""How groups, ages and durations are called."""

import math
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.figures import number_text
from meridian.insight.deskfigures.contracts import Quantile
from meridian.work.servicedesk.contracts import Channel
from meridian.work.servicedesk.facade import Category, DutyStation, Team, WorkItem

MODELS: Mapping[str, Any] = {
    "team": Team,
    "station": DutyStation,
    "category": Category,
    "site": WorkItem._meta.get_field("site").related_model,
}


def group_titles() -> dict[str, str]:
    """What durations can be told by, in the order of the page."""
    return {
        "team": _("Team"),
        "station": _("Duty station of the desk"),
        "category": _("Category"),
        "site": _("Site of the requester"),
        "language": _("Language"),
        "channel": _("Channel"),
    }


def names_of(group: str, keys: Collection[Any]) -> dict[Any, str]:
    """The names of groups by their keys, in one statement at most."""
    if group == "language":
        return {code: str(name) for code, name in settings.LANGUAGES}
    if group == "channel":
        return {value: str(label) for value, label in Channel.choices}
    return {row.pk: str(row) for row in MODELS[group].objects.filter(pk__in=[key for key in keys if key])}


def age_text(least: int, most: int | None) -> str:
    """“2 to 5 days”, “more than 90 days”."""
    if most is None:
        return _("more than %(days)s days") % {"days": number_text(least - 1)}
    return _("%(least)s to %(most)s days") % {"least": number_text(least), "most": number_text(most)}


def duration_text(hours: float) -> str:
    """A duration as people say it: minutes below an hour, days above two."""
    if not math.isfinite(hours):
        return _("not done yet")
    if hours < 1:
        minutes = round(hours * 60)
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": number_text(minutes)}
    if hours < 48:
        return _("%(hours)s h") % {"hours": number_text(_tenth(hours), 1)}
    return _("%(days)s days") % {"days": number_text(_tenth(hours / 24), 1)}


def quantile_text(value: Quantile) -> str:
    """A quantile with its interval."""
    if value.low is None or value.high is None:
        return duration_text(value.hours)
    bounds = {
        "value": duration_text(value.hours),
        "low": duration_text(value.low),
        "high": duration_text(value.high),
    }
    return _("%(value)s (%(low)s – %(high)s)") % bounds


def _tenth(value: float) -> Any:
    return Decimal(repr(round(value, 1)))
