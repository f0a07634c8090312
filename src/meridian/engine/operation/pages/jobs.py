"""The failed jobs: what was to be done, how often it was tried, and trying again."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.figures import instant_text
from meridian.engine.listing.parameters import whole_number
from meridian.engine.operation.commands import RETRYING, SEEING, retry_job
from meridian.engine.pages.asked import takes
from meridian.engine.pages.earlier import BEFORE, latest
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request

SHOWN = 200


@needs(SEEING, gettext_lazy("You may not see the jobs. Ask whoever operates Meridian."))
@takes(BEFORE)
def jobs(request: Request) -> HttpResponse:
    """Failed jobs, newest first, and how many of each queue wait or run; `POST` retries one."""
    if request.method == "POST":
        key = request.POST.get("job", "")
        retry_job(actor=request.actor, job_id=whole_number(key) or 0)
        messages.success(request, _("The job waits for its turn again."))
        return redirect("operation-jobs")
    failed = ProcrastinateJob.objects.filter(status="failed").annotate(
        failed_at=Max("procrastinateevent__at")
    )
    found, earlier_url = latest(request, failed, SHOWN)
    context = {
        "failed": [_shown(job) for job in found.shown],
        "cut": found,
        "earlier_url": earlier_url,
        "queues": _queues(),
        "may_retry": request.actor.holds(RETRYING),
    }
    return render(request, "operation/jobs.html", context)


def _shown(job: Any) -> dict[str, Any]:
    return {
        "id": job.pk,
        "task": job.task_name,
        "queue": job.queue_name,
        "attempts": job.attempts,
        "at": instant_text(job.failed_at) if job.failed_at else "",
    }


def _queues() -> list[dict[str, Any]]:
    waiting = ProcrastinateJob.objects.filter(status__in=("todo", "doing")).values("queue_name", "status")
    counted: Any = waiting.annotate(count=Count("id")).order_by("queue_name", "status")
    return list(counted)
