"""What announcements say on everybody's first page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import first_rows
from meridian.engine.pages.first_page import Part, Task, counted, list_url
from meridian.engine.pages.slots import FirstPagePart, Tile
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.engine.values.together import Asking
from meridian.work.announcements.models import Announcement, Recipient
from meridian.work.announcements.queries import addressed_to, current

MOST = 3


def now(request: Request) -> Asking[FirstPagePart | None]:
    """What is announced to the reader now, the newest first."""
    rows = Announcement.objects.permitted(request.actor)
    mine = rows.filter(current(), addressed_to(request.actor.person_id))
    found = yield from first_rows(mine.order_by("-starts_at", "-pk"), MOST)
    if not found.shown:
        return None
    told = [
        {
            "subject": str(row.subject),
            "text": str(row.text),
            "url": url_of(row),
            "until": instant_text(row.ends_at) if row.ends_at else "",
        }
        for row in found.shown
    ]
    context = {"told": told, "cut": found}
    return FirstPagePart(_("Announcements"), "announcements/now.html", context, list_url(Announcement))


def unread(request: Request) -> Asking[FirstPagePart | None]:
    """What the reader has to acknowledge."""
    mine = Recipient.objects.permitted(request.actor, "acknowledge").filter(
        account=request.actor.account_id,
        state=Recipient.State.WAITING,
        announcement__in=Announcement.objects.filter(current()).values("pk"),
    )
    found = yield from first_rows(mine.select_related("announcement").order_by("pk"), MOST)
    if not found.shown:
        return None
    tasks = [
        Task(str(row.announcement), reverse("announcements-read", args=(row.pk,)), tone="watch")
        for row in found.shown
    ]
    return Part(_("Please read, and say that you have"), tasks=tasks, cut=found).given()


def heard(actor: Actor, row: Announcement) -> list[Tile]:
    """How many were told, and how many have acknowledged."""
    if not row.is_acknowledged:
        return []
    rows = Recipient.objects.permitted(actor).filter(announcement=row)
    figures = [
        counted(rows, _("recipients"), "accent", announcement=row.code),
        counted(
            rows.filter(state="acknowledged"),
            _("have read it"),
            "good",
            announcement=row.code,
            state="acknowledged",
        ),
        counted(rows.filter(state="waiting"), _("not yet"), "watch", announcement=row.code, state="waiting"),
    ]
    return [Tile(figure.number, figure.label, figure.url, figure.proof) for figure in figures]
