"""What the bell says on first pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import cut
from meridian.engine.notices.models import Notice
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request


def unread(request: Request) -> FirstPagePart:
    """What the reader was told and has not read."""
    rows = Notice.objects.filter(account=request.actor.account_id, read_at=None).order_by("-id")
    found = cut(rows, MOST_TASKS)
    url = reverse("notices")
    tasks = [Task(notice.text, notice.url or url, instant_text(notice.at)) for notice in found.shown]
    return Part(_("News for me"), url, tasks=tasks, cut=found, empty=_("You have read everything.")).given()
