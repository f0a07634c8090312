"""The jobs that keep the house in order."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.operation import jobs


def statuses(*wanted):
    return dict(ProcrastinateJob.objects.filter(pk__in=wanted).values_list("id", "status"))


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_killed_worker_runs_again_and_that_of_a_living_one_does_not():
    dead, alive = (
        app.configure_task("operation.forget_ended_sessions", queueing_lock=name).defer(timestamp=0)
        for name in "da"
    )
    with connection.cursor() as cursor:
        for job, age in ((dead, "2 minutes"), (alive, "1 second")):
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) SELECT now() - %s::interval RETURNING id",
                [age],
            )
            worker = cursor.fetchone()[0]
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job]
            )
    # A thread of its own: a browser of other tests may keep an event loop in this one.
    with app.replace_connector(app.connector.get_worker_connector()), ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(run())).result()
    assert statuses(dead, alive) == {dead: "todo", alive: "doing"}


async def run():
    async with app.open_async():
        await jobs.rescue_jobs(timestamp=0)
