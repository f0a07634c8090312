"""What the application portfolio says on first pages."""

from django.utils.translation import gettext as _

from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import (
    MOST_TASKS,
    Figure,
    Part,
    Task,
    bars_of_choices,
    bars_of_references,
    counted,
    figures_of_references,
    list_url,
)
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.holdings.applications.models import Application

OPEN = (Application.State.PLANNED, Application.State.IN_SERVICE, Application.State.RETIRING)


def to_settle(request: Request) -> FirstPagePart | None:
    """What the owner of the portfolio has to settle: applications that are to begin or to end."""
    changing = Application.objects.permitted(request.actor).filter(state__in=("planned", "retiring"))
    found = cut(changing.select_related("unit").order_by("state", "code"), MOST_TASKS)
    if not found.shown:
        return None
    tone_of = resource_of(Application).tone_of
    tasks = [
        Task(row.name, url_of(row), row.unit.code, row.get_state_display(), tone_of(row.state))
        for row in found.shown
    ]
    return Part(
        _("To begin or to end"),
        list_url(Application),
        figures=[
            Figure(bar.count, bar.label, bar.url, bar.tone, bar.proof)
            for bar in bars_of_choices(changing, "state")
        ],
        tasks=tasks,
        cut=found,
    ).given()


def states(request: Request) -> FirstPagePart:
    """All applications by state."""
    bars = bars_of_choices(Application.objects.permitted(request.actor), "state")
    title, empty = _("Applications by state"), _("No application is recorded.")
    return Part(title, list_url(Application), bars=bars, empty=empty).given()


def owners(request: Request) -> FirstPagePart:
    """The units that have most applications."""
    bars = bars_of_references(Application.objects.permitted(request.actor), "unit", "code", "name")
    title = _("Who has most applications")
    return Part(title, list_url(Application), bars=bars.shown, cut=bars).given()


def critical(request: Request) -> FirstPagePart:
    """What must not stop, and the units that answer for it."""
    rows = Application.objects.permitted(request.actor).filter(critical=True, state__in=OPEN)
    narrowed = {"critical": "true", "state": [str(state) for state in OPEN]}
    bars = bars_of_references(rows, "unit", "code", "name", **narrowed)
    return Part(
        _("Tied to a critical process"),
        list_url(Application, **narrowed),
        figures=[counted(rows, _("critical applications"), "bad", **narrowed)],
        bars=bars.shown,
        cut=bars,
        empty=_("No application is marked as tied to a critical process."),
    ).given()


def own(request: Request) -> FirstPagePart | None:
    """How many applications each unit of the reader owns."""
    found = figures_of_references(Application.objects.permitted(request.actor, "change"), "unit", "code")
    part = Part(_("Applications we own"), list_url(Application), figures=found.shown, cut=found)
    return part.given() if found.of else None
