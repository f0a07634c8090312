"""Time spent on the page of an item, and one's own week on the first page."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import day_text, number_text
from meridian.engine.pages.first_page import Part, list_url
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.work.effort.models import TimeEntry
from meridian.work.effort.queries import time_of, week_of
from meridian.work.servicedesk.facade import WorkItem

SHOWN = 3


def duration_text(minutes: int) -> str:
    """Hours and minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": number_text(rest)}
    if not rest:
        return _("%(hours)s h") % {"hours": number_text(hours)}
    return _("%(hours)s h %(minutes)s min") % {"hours": number_text(hours), "minutes": number_text(rest)}


def time_spent(actor: Actor, item: WorkItem) -> PanelPart | None:
    """What has been spent on the item, and a line to write more down."""
    found = time_of(actor, item)
    may_add = actor.person_id is not None and actor.holds("effort.timeentry.add")
    if not (found or may_add):
        return None
    context = {
        "item": item,
        "total": duration_text(sum(entry.minutes for entry in found)),
        "entries": [
            {
                "who": str(entry.person),
                "day": day_text(entry.worked_on),
                "spent": duration_text(entry.minutes),
                "note": entry.note,
            }
            for entry in found[:SHOWN]
        ],
        "more": len(found) - SHOWN,
        "may_add": may_add,
    }
    return PanelPart(_("Time spent"), context, "effort/time_spent.html")


def my_week(request: Request) -> FirstPagePart | None:
    """What the reader has written down this week."""
    if request.actor.person_id is None:
        return None
    minutes, monday, sunday = week_of(request.actor, timezone.localdate())
    url = list_url(
        TimeEntry,
        person=str(request.actor.person_id),
        worked_on_from=monday.isoformat(),
        worked_on_to=sunday.isoformat(),
    )
    text = _("%(time)s written down since %(day)s.") % {
        "time": duration_text(minutes),
        "day": day_text(monday),
    }
    return Part(_("My time this week"), url, text=text).given()
