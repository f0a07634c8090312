"""Jobs that keep the house itself in order."""

from django.core.management import call_command
from procrastinate.contrib.django import app

SECONDS_WITHOUT_HEARTBEAT = 60
HOURS_TO_KEEP_FINISHED_JOBS = 72


async def rescue_jobs(timestamp: int) -> None:
    """Start anew the jobs of workers that were killed; every job bears repetition."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT)
    for job in stalled:
        await app.job_manager.retry_job(job)


def forget_ended_sessions(timestamp: int) -> None:
    """Once a day forget the sessions that have ended."""
    call_command("clearsessions")


async def forget_finished_jobs(timestamp: int) -> None:
    """Once a day remove the jobs that succeeded some days ago; failed jobs stay to be looked at."""
    await app.job_manager.delete_old_jobs(nb_hours=HOURS_TO_KEEP_FINISHED_JOBS)
