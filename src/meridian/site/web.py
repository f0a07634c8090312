"""The web server: granian, one process for each core, with the bounds that its front leaves to it."""

import os
import sys

import click

from meridian.engine.console import needs_database

HIGHEST_PORT = 65_535
# A head that isn't there by then isn't coming; idle connections are closed as soon.
HEAD_MILLISECONDS = 10_000
# Counted by connections, and most of them only wait: a few who send slowly must not be all of them.
MOST_CONNECTIONS = 4_000


def web_words(host: str, port: int) -> list[str]:
    """The command line of the web server."""
    return [
        *(sys.executable, "-m", "granian", "meridian.site.front.app:application", "--interface", "rsgi"),
        *("--host", host, "--port", str(port), "--workers", str(os.cpu_count() or 1), "--no-ws"),
        *("--backlog", str(2 * MOST_CONNECTIONS), "--backpressure", str(MOST_CONNECTIONS)),
        *("--http1-header-read-timeout", str(HEAD_MILLISECONDS), "--http1-buffer-size", "65536"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "15", "--log-level", "warning"),
    ]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, HIGHEST_PORT))
@needs_database
def web(host: str, port: int) -> None:
    """Run the web server alone, for a machine whose worker and database are elsewhere."""
    words = web_words(host, port)
    os.execv(words[0], words)


VERBS = {"web": web}
