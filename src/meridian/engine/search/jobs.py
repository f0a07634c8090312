"""Documents follow the rows within seconds."""

from meridian.engine.search.index import BATCH_ROWS, index_pending


def index(timestamp: int) -> None:
    """Index all rows noted until now."""
    while index_pending() == BATCH_ROWS:
        pass
