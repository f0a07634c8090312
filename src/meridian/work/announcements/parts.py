"""What announcements say on everybody's first page."""

from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.work.announcements.models import Announcement
from meridian.work.announcements.queries import addressed_to, current

MOST = 3


def now(request: Request) -> FirstPagePart | None:
    """What is announced to the reader now, the newest first."""
    rows = Announcement.objects.permitted(request.actor)
    mine = rows.filter(current(), addressed_to(request.actor.person_id))
    found = cut(mine.order_by("-starts_at", "-pk"), MOST)
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
