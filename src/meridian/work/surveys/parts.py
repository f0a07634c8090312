"""What surveys say on the pages of others: to who is asked, and to who calls back."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures.spans import Spans
from meridian.engine.listing.cut import first_rows
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.values.together import Asking
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.surveys.models import CallBack, Invitation
from meridian.work.surveys.queries.forms import score_words

ENDED = ("resolved", "closed", "cancelled")


def how_did_we_do(actor: Actor, row: WorkItem) -> PanelPart | None:
    """The question about one's own request, answered by one press, while it is open and not answered."""
    found = _open_to(actor).filter(item=row).select_related("question_set").first()
    if found is None:
        return None
    question = found.question_set.questions.first()
    context = {
        "question": question,
        "url": reverse("surveys-invitation-answer", args=(found.pk,)),
        "scores": score_words(),
    }
    return PanelPart(_("How did we do?"), context, "surveys/panel.html") if question else None


def _open_to(actor: Actor) -> QuerySet[Invitation]:
    return Invitation.objects.permitted(actor, "answer").filter(expires_at__gt=timezone.now(), answer=None)


def asked_of_me(request: Request) -> Asking[FirstPagePart | None]:
    """What one is asked and has not answered; nothing when there is nothing."""
    if request.actor.person_id is None:
        return None
    spans = Spans(timezone.now())
    rows = _open_to(request.actor).select_related("question_set", "item")
    found = yield from first_rows(rows.order_by("expires_at"), 3)
    tasks = [
        Task(
            f"{row.question_set} · {row.item.number}" if row.item else str(row.question_set),
            reverse("surveys-invitation-answer", args=(row.pk,)),
            spans.due(row.expires_at)[0],
        )
        for row in found.shown
    ]
    return Part(_("A short question to you"), tasks=tasks, cut=found).given() if tasks else None


def to_call_back(request: Request) -> Asking[FirstPagePart | None]:
    """Who scored badly and waits for a call, the longest first."""
    spans = Spans(timezone.now())
    waiting = CallBack.objects.permitted(request.actor).filter(~Q(task__state__in=ENDED))
    found = yield from first_rows(waiting.select_related("task", "answer").order_by("opened_at"), MOST_TASKS)
    tasks = [
        Task(
            row.task.title,
            reverse("desk-item", args=(row.task.number,)),
            spans.since(row.opened_at),
            str(row.answer.lowest),
            "bad",
        )
        for row in found.shown
    ]
    part = Part(_("Call back"), reverse("surveys-call-backs"), tasks=tasks, cut=found)
    return part.given() if tasks else None
