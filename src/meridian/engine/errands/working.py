"""What an errand's function works with: who asked for what, how far it is, the file that it leaves."""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, TypeVar

from django.db import connection

from meridian.engine.errands import storage
from meridian.engine.errands.models import Errand, State
from meridian.engine.policies import Actor

# So often it is told how far the work is, and looked whether it is to stop.
TOLD_SECONDS = 0.5
TELL = "UPDATE errands_errand SET rows_done = %s, rows_total = %s WHERE id = %s AND state = 'running'"
Item = TypeVar("Item")


class Stopped(Exception):
    """Whoever asked for it has stopped it."""


class Work:
    """One errand under way. `actor` has the rights of this moment; `arguments` are what was asked.

    All that the function writes, and the errand's end, are one transaction: a process that is killed
    leaves nothing half, and what is repeated is done once.
    """

    def __init__(self, errand: Errand, actor: Actor) -> None:
        self.actor = actor
        self.arguments: Mapping[str, Any] = errand.arguments
        self.file_name = self.file_type = ""
        self.size_bytes: int | None = None
        self.rows_done, self.rows_total = 0, errand.rows_total
        self._errand = errand
        # How far it is must be seen before the transaction of the work has ended.
        self._beside = connection.copy()
        self._told = time.monotonic()

    @property
    def facts(self) -> dict[str, Any]:
        """How far it came and what file it leaves, as the errand's fields."""
        names = ("rows_done", "rows_total", "file_name", "file_type", "size_bytes")
        return {name: getattr(self, name) for name in names}

    def close(self) -> None:
        self._beside.close()

    def content(self) -> bytes:
        """The file that came with the errand; none is empty."""
        given = storage.kept_file(self._errand.place, storage.GIVEN)
        return given.read_bytes() if given else b""

    def at(self, rows_done: int, rows_total: int | None = None) -> None:
        """Tell how far it is, as often as one likes. Raises `Stopped` when it is to go no further."""
        self.rows_done, self.rows_total = rows_done, rows_total
        if time.monotonic() - self._told < TOLD_SECONDS:
            return
        self._told = time.monotonic()
        with self._beside.cursor() as cursor:
            cursor.execute(TELL, [rows_done, rows_total, self._errand.pk])
        if not Errand.objects.filter(pk=self._errand.pk, state=State.RUNNING).exists():
            raise Stopped

    def counted(self, rows: Iterable[Item], rows_total: int | None = None) -> Iterator[Item]:
        """The rows, of which it is told how many have passed."""
        for count, row in enumerate(rows, 1):
            yield row
            self.at(count, rows_total)

    @contextmanager
    def file(self, name: str, media_type: str) -> Iterator[IO[bytes]]:
        """The file to take away, written as a whole or not at all."""
        with storage.written(self._errand.place, storage.LEFT) as stream:
            yield stream
            self.size_bytes = stream.tell()
        self.file_name, self.file_type = name, media_type
