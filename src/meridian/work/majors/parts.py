"""What major incidents say on the pages of others: first pages, items, and requests."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import ActionPart, FirstPagePart, PanelPart
from meridian.engine.policies import Actor, policy_of
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.work.majors.models import MajorIncident
from meridian.work.majors.queries import lasting_or_led, leaders, major_of
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.facade import WorkItem


def disturbances(request: Request) -> FirstPagePart | None:
    """What is down for everybody now and what to do meanwhile, and where the reader leads."""
    person, spans = request.actor.person_id, Spans(timezone.now())
    rows = lasting_or_led(person)
    led = _led(rows, person, spans)
    told = [
        {
            "subject": str(row.subject),
            "text": str(row.status_text),
            "since": spans.since(row.declared_at),
            "next": instant_text(row.next_update_at) if row.next_update_at else "",
        }
        for row in sorted(rows, key=lambda row: row.declared_at, reverse=True)
        if row.is_active
    ]
    if not told:
        return led.given() if led.tasks else None
    return FirstPagePart(_("Disturbances"), "majors/disturbances.html", {**led.given().context, "told": told})


def _led(rows: list[MajorIncident], person: int | None, spans: Spans) -> Part:
    """The major incidents in which the reader leads, with the clock of the next update."""
    found = cut([row for row in rows if person is not None and person in leaders(row)], MOST_TASKS)
    tasks = []
    for row in found.shown:
        due, late = spans.due(row.next_update_at) if row.next_update_at else (_("to be reviewed"), False)
        tasks.append(Task(str(row.subject), url_of(row), row.number, due, "bad" if late else "watch"))
    return Part(_("Major incidents that I lead"), tasks=tasks, cut=found)


def declare_on_item(actor: Actor, row: WorkItem | None) -> ActionPart | None:
    """The way to declare an open incident a major one."""
    if (
        row is None
        or row.kind != Kind.INCIDENT
        or not row.is_open
        or not policy_of(MajorIncident).may(actor, "add")
    ):
        return None
    if major_of(row.pk) is not None:
        return None
    url = f"{reverse('majors-majorincident-add')}?incident={row.number}"
    return ActionPart(_("Declare a major incident"), url, "warning", danger=True)


def for_requester(actor: Actor, row: WorkItem) -> PanelPart | None:
    """What the requester's item is part of, as everybody may read it."""
    major = major_of(row.pk)
    if major is None or not major.is_active:
        return None
    facts = [
        {"label": _("What is down"), "text": str(major.subject)},
        {"label": _("Now"), "text": str(major.status_text)},
    ]
    if major.next_update_at:
        at = major.next_update_at
        facts.append({"label": _("Next word"), "text": instant_text(at), "instant": at.isoformat()})
    return PanelPart(_("Part of a disturbance"), {"facts": facts})


def on_item(actor: Actor, row: WorkItem) -> PanelPart | None:
    """The major incident that stands on an item or holds it."""
    major = major_of(row.pk)
    if major is None or not MajorIncident.objects.permitted(actor).filter(pk=major.pk).exists():
        return None
    text = f"{major.number} · {major.get_state_display()}"
    return PanelPart(
        _("Major incident"), {"facts": [{"label": str(major.subject), "text": text, "url": url_of(major)}]}
    )
