"""Documents follow the rows within seconds."""

from procrastinate.contrib.django import app

from meridian.engine.search.index import BATCH_ROWS, index_pending


@app.periodic(cron="* * * * * */5")
@app.task(name="engine.search.index", queue="search", queueing_lock="engine.search.index")
def index(timestamp: int) -> None:
    """Index all rows noted until now."""
    while index_pending() == BATCH_ROWS:
        pass
