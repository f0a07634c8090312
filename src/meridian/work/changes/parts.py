"""What changes say on the pages of others."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.engine.values.together import Asking
from meridian.work.changes.models import Change
from meridian.work.problems.facade import Problem
from meridian.work.servicedesk.facade import WorkItem

TODAY = timedelta(hours=24)


def mine(request: Request) -> Asking[FirstPagePart | None]:
    """What the reader implements or asked for, as far as it is open, the next window first."""
    person = request.actor.person_id
    if person is None:
        return None
    rows = Change.objects.permitted(request.actor).filter(
        Q(assignee=person) | Q(requester=person), is_open=True
    )
    found = yield from first_rows(rows.order_by("planned_from", "pk"), MOST_TASKS)
    tasks = [_task(row) for row in found.shown]
    return Part(_("My changes"), reverse("changes-today"), tasks=tasks, cut=found).given() if tasks else None


def windows_today(request: Request) -> Asking[FirstPagePart]:
    """The changes of the next day: what may look like a fault and is none."""
    now = timezone.now()
    rows = Change.objects.permitted(request.actor).filter(
        state__in=("scheduled", "implement"), planned_from__lt=now + TODAY, planned_until__gt=now
    )
    found = yield from first_rows(rows.order_by("planned_from", "pk"), MOST_TASKS)
    tasks = [_task(row) for row in found.shown]
    empty = _("No change is planned for the next 24 hours.")
    return Part(
        _("Changes of the next 24 hours"), reverse("changes-schedule"), tasks=tasks, cut=found, empty=empty
    ).given()


def _task(row: Change) -> Task:
    when = instant_text(row.planned_from) if row.planned_from else _("no window yet")
    tone = resource_of(Change).tone_of(row.state)
    return Task(row.title, url_of(row), f"{row.number} · {when}", row.get_state_display(), tone)


def on_item(actor: Actor, row: WorkItem) -> PanelPart | None:
    """The change that caused an item."""
    found = Change.objects.permitted(actor).filter(caused__incident=row).order_by("pk")
    facts = [
        {"label": _("Caused by"), "text": f"{one.number} {one.title}", "url": url_of(one)} for one in found
    ]
    return PanelPart(_("Changes"), {"facts": facts}) if facts else None


def on_problem(actor: Actor, row: Problem) -> PanelPart | None:
    """The changes that fix a problem."""
    found = Change.objects.permitted(actor).filter(problem=row).order_by("pk")
    facts = [
        {"label": one.get_state_display(), "text": f"{one.number} {one.title}", "url": url_of(one)}
        for one in found
    ]
    return PanelPart(_("Changes that fix it"), {"facts": facts}) if facts else None
