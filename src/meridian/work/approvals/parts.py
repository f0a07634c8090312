"""What waits for one's decision, on everybody's first page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.engine.values.together import Asking
from meridian.work.approvals.queries.waiting import waiting_for


def waiting(request: Request) -> Asking[FirstPagePart | None]:
    """What waits for the reader's decision, what is due first at the top."""
    if request.actor.person_id is None:
        return None
    spans = Spans(timezone.now())
    found = yield from first_rows(waiting_for(request.actor), MOST_TASKS)
    if not found.shown:
        return None
    tasks = []
    for row in found.shown:
        approval = row.step.approval
        due, late = spans.due(row.step.due_at) if row.step.due_at else ("", False)
        asked_by = _("for %(person)s") % {"person": approval.requester}
        url = reverse("approvals-decide", args=(row.pk,))
        tasks.append(Task(approval.subject, url, asked_by, due, "bad" if late else "watch"))
    return Part(_("Waiting for my decision"), reverse("approvals-waiting"), tasks=tasks, cut=found).given()
