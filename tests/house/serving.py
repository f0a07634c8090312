"""Serves the house to a browser from a thread of the test's process, on the test's database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.test.testcases import LiveServerThread


@contextmanager
def served() -> Iterator[str]:
    """The address at which the house answers until the end of the block."""
    thread = LiveServerThread("127.0.0.1", static_handler=_as_it_is)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


def _as_it_is(handler: Callable[..., object]) -> Callable[..., object]:
    """The house's own middleware serves static files, as it does in earnest."""
    return handler
