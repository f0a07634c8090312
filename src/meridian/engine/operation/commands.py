"""Setting failed jobs going again."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.policies import Actor

SEEING, RETRYING = "operation.jobs.view", "operation.jobs.retry"


def retry_job(*, actor: Actor, job_id: int) -> None:
    """Put a failed job back into its queue. Jobs are the queue's own rows, so no policy knows
    them: the actor must hold `operation.jobs.retry`."""
    if not actor.holds(RETRYING):
        raise Unpermitted(_("You may not start jobs again. Ask whoever operates Meridian."))
    with trail.entry(RETRYING, actor, f"job {job_id}"):
        job = ProcrastinateJob.objects.filter(pk=job_id, status="failed").first()
        if job is None:
            raise Refusal(_("This job is not among the failed ones any more."))
        app.job_manager.retry_job_by_id(
            job.pk, retry_at=timezone.now(), priority=job.priority, queue=job.queue_name, lock=job.lock
        )
