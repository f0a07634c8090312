"""Who works next: one request at a time, as long as it works; the next one too, when it only waits."""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from meridian.site.front import limits
from meridian.site.front.limits import Refused


class Gate:
    """Threads of the house, admitted so that waiting stops nobody and working is not interrupted.

    Python lets one thread work at a time: with several at once each page comes later and all of them
    slower. So there is one turn. Who has not finished after `STALLED_SECONDS` waits for a database,
    a lock or a disk: the turn passes on while it goes on, up to `THREADS` at once.
    """

    def __init__(self) -> None:
        sys.setswitchinterval(limits.SWITCH_SECONDS)
        self.threads = ThreadPoolExecutor(limits.THREADS, thread_name_prefix="house")
        self.turn = asyncio.Semaphore(1)
        self.places = asyncio.Semaphore(limits.THREADS)
        self.exports = asyncio.Semaphore(limits.MOST_EXPORTS)
        self.waiting = 0

    async def run(self, work: Callable[[], Any], *, is_export: bool) -> Any:
        """The outcome of `work`, carried out in a thread when its turn has come."""
        held = [self.exports, self.places] if is_export else [self.places]
        await self._take_all([*held, self.turn])
        running = asyncio.get_running_loop().run_in_executor(self.threads, work)
        # A thread can't be stopped: its places are free when it has ended, not when nobody listens any more.
        running.add_done_callback(partial(_leave, held))
        try:
            await asyncio.wait({running}, timeout=limits.STALLED_SECONDS)
        finally:
            self.turn.release()
        try:
            return await asyncio.wait_for(asyncio.shield(running), limits.WORK_SECONDS)
        except TimeoutError as fault:
            raise Refused(503, _("This takes too long. Ask for less, or try again later.")) from fault

    async def _take_all(self, places: list[asyncio.Semaphore]) -> None:
        taken: list[asyncio.Semaphore] = []
        try:
            for place in places:
                await self._take(place)
                taken.append(place)
        except BaseException:
            for place in taken:
                place.release()
            raise

    async def _take(self, place: asyncio.Semaphore) -> None:
        """Wait for a place, not for ever and not among too many."""
        if self.waiting >= limits.MOST_WAITING:
            raise Refused(503, _("Too many people are asking at once. Try again in a minute."))
        self.waiting += 1
        try:
            await asyncio.wait_for(place.acquire(), limits.WAITING_SECONDS)
        except TimeoutError as fault:
            raise Refused(503, _("Too many people are asking at once. Try again in a minute.")) from fault
        finally:
            self.waiting -= 1


def _leave(held: list[asyncio.Semaphore], _ended: Any) -> None:
    for place in held:
        place.release()
