"""The jobs that the manifests name, as the queue of the worker knows them."""

from typing import Any

from procrastinate import App, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import DEFAULT_PRIORITY

from meridian.engine.modules.registry import jobs

# Of what fails, each further attempt waits four times as long: seconds, a minute, hours.
WAIT_GROWS = 4
# The worker takes jobs of a higher priority first.
LATER = DEFAULT_PRIORITY - 1


def queue_job(name: str, **arguments: Any) -> None:
    """Let the worker run a job soon; its row is part of the transaction."""
    job = jobs()[name].declared
    app.configure_task(name, queue=job.queue, lock=job.lane or None).defer(**arguments)


def queue_jobs(name: str, *arguments: dict[str, Any], behind_others: bool = False) -> None:
    """Let the worker run a job soon once for each of the arguments; one statement, and none for none."""
    if arguments:
        job, priority = jobs()[name].declared, LATER if behind_others else DEFAULT_PRIORITY
        task = app.configure_task(name, queue=job.queue, lock=job.lane or None, priority=priority)
        task.batch_defer(*arguments)


def install_jobs(worker: App) -> None:
    """Import every job and let the worker know it: only a worker needs this."""
    for name, given in jobs().items():
        job = given.declared
        task = worker.task(
            name=name,
            queue=job.queue,
            queueing_lock=name if job.cron else None,
            retry=RetryStrategy(max_attempts=job.attempts, exponential_wait=WAIT_GROWS)
            if job.attempts > 1
            else False,
        )(given.function)
        if job.cron:
            worker.periodic(cron=job.cron)(task)
