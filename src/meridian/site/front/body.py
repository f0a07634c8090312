"""Taking in a body: bounded in bytes, in time and in number, and never by a thread of the house."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.site.front import limits
from meridian.site.front.aside import aside
from meridian.site.front.limits import Refused

TOO_MUCH = _("Too much is being sent at once. Try again in a minute.")


class Bodies:
    """The bodies that are on their way to this process, by network."""

    def __init__(self) -> None:
        self.of_network: Counter[str] = Counter()
        self.bytes = 0

    @contextmanager
    def one_more(self, network: str) -> Iterator[None]:
        """Count a body while it is read; `Refused` when there are too many of one network, or at all."""
        if self.of_network[network] >= limits.MOST_BODIES_OF_A_NETWORK:
            raise Refused(429, _("Too much is being sent from your network at once. Try again in a minute."))
        if self.of_network.total() >= limits.MOST_BODIES:
            raise Refused(503, TOO_MUCH)
        self.of_network[network] += 1
        try:
            yield
        finally:
            self.of_network[network] -= 1
            if not self.of_network[network]:
                del self.of_network[network]

    async def read(self, proto: Any, most: int) -> tuple[Any, int]:
        """The body as a file at its beginning, and its length. A refused one leaves nothing behind."""
        pieces, body, length, started = aiter(proto), aside(), 0, time.monotonic()
        try:
            while (piece := await _next_piece(pieces, length, started)) is not None:
                length += len(piece)
                self.bytes += len(piece)
                if length > most:
                    raise too_large(most)
                if self.bytes > limits.MOST_BYTES_OF_BODIES:
                    raise Refused(503, TOO_MUCH)
                body.write(piece)
        except BaseException:
            body.close()
            raise
        finally:
            self.bytes -= length
        body.seek(0)
        return body, length


async def _next_piece(pieces: Any, length: int, started: float) -> bytes | None:
    """The next bytes of a body; None at its end, `Refused` when they take too long."""
    left = limits.seconds_left(length, time.monotonic() - started)
    try:
        # Not `anext(pieces, None)`: with a default CPython 3.11 takes the server's iterator for another kind.
        return bytes(await asyncio.wait_for(anext(pieces), max(0.0, left)))
    except StopAsyncIteration:
        return None
    except TimeoutError as fault:
        raise Refused(408, _("What you send arrives too slowly. Try again on a better line.")) from fault


def too_large(most: int) -> Refused:
    """Says how much may be sent."""
    size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1_000} kB"
    return Refused(413, _("This is too large: at most %(size)s can be sent here.") % {"size": size})
