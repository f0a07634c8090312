"""Entries are sealed within seconds."""

from procrastinate.contrib.django import app

from meridian.engine.audit.chain import seal_entries


@app.periodic(cron="* * * * * */10")
@app.task(name="engine.audit.seal", queue="audit", queueing_lock="engine.audit.seal")
def seal(timestamp: int) -> None:
    """Seal what was committed since the last time."""
    seal_entries()
