"""Opening an entry of the audit trail inside the transaction that it describes."""

import functools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, transaction

from meridian.engine.audit import witness
from meridian.engine.audit.witness import Head
from meridian.engine.policies import Actor


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a command came from: page, api, mail, job, import or shell, and which request."""

    channel: str = "shell"
    request: uuid.UUID = field(default_factory=uuid.uuid4)


_origin: ContextVar[Origin | None] = ContextVar("meridian_origin", default=None)
_open_entry: ContextVar[int | None] = ContextVar("meridian_entry", default=None)

OPEN_ENTRY = "SELECT entry, at FROM audit_open(%s, %s, %s, %s, %s, %s)"


@contextmanager
def origin(channel: str) -> Iterator[Origin]:
    """Everything inside comes from `channel`, under one request id."""
    value = Origin(channel)
    token = _origin.set(value)
    try:
        yield value
    finally:
        _origin.reset(token)


def channel() -> str:
    """From where the command that runs now came: page, api, mail, job, import or shell."""
    return (_origin.get() or Origin()).channel


def last_change() -> int:
    """The last difference recorded under the open entry, 0 when there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(id), 0) FROM audit_change WHERE entry_id = %s", [_open_entry.get()]
        )
        return int(cursor.fetchone()[0])


@contextmanager
def entry(command: str, actor: Actor, reason: str = "") -> Iterator[int]:
    """A transaction whose writes are recorded under one entry; nested calls join the outer.

    Yields the entry's id. On any exception nothing of it remains.
    """
    outer = _open_entry.get()
    if outer is not None:
        with transaction.atomic():
            yield outer
        return
    came_from = _origin.get() or Origin()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                OPEN_ENTRY,
                [command, actor.account_id, actor.label, came_from.channel, came_from.request, reason],
            )
            opened, at = cursor.fetchone()
        head = Head(
            opened,
            at,
            command,
            actor.account_id,
            actor.label,
            came_from.channel,
            str(came_from.request),
            reason,
        )
        transaction.on_commit(functools.partial(witness.note, head))
        token = _open_entry.set(opened)
        try:
            yield opened
            with connection.cursor() as cursor:
                # An outer transaction may go on after this entry: what it writes then is not ours.
                cursor.execute("SELECT set_config('meridian.entry', '', true)")
            witness.announce(head)
        finally:
            _open_entry.reset(token)


@contextmanager
def bulk_load(command: str, actor: Actor, reason: str = "") -> Iterator[int]:
    """An entry under which inserted rows are recorded by count and digest per statement.

    For loaders that use `COPY`; single changes belong under `entry`.
    """
    with entry(command, actor, reason) as opened:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('meridian.bulk', 'on', true)")
        yield opened
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('meridian.bulk', '', true)")
