"""What can't be undone is asked once more of a person at a page; programs name the version instead.

A command that can't be undone, reached through a page, is first carried out in its transaction
and taken back: whatever would refuse it has then refused it. `ToConfirm` carries what the
person is to be told; the page that shows it holds a token for these rows as they stand and for what
was told of them, and only a request with that token lets the command through.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import models
from django.db.models.deletion import Collector
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meridian.engine.commands.checking import said_at_its_field

SALT = "meridian.confirmation"
VALID_SECONDS = 3600
NAMED_ROWS = 20


Words = str | Promise


@dataclass(frozen=True, slots=True)
class Warned:
    """What a person is told of a command that can't be undone.

    `title` asks, `does` says what happens in words and numbers, `lost` what can't be undone,
    `button` does it; `done` says afterwards what happened and what comes next.
    """

    title: Words
    does: tuple[Words, ...]
    lost: Words
    button: Words
    done: Words


Warns = Callable[[list[Any], Mapping[str, Any]], Warned]


class ToConfirm(Exception):
    """The person has not yet confirmed this; nothing was written."""

    def __init__(self, warned: Warned, token: str, rows: list[Any]) -> None:
        super().__init__(warned.title)
        self.warned, self.token, self.rows = warned, token, rows


@dataclass(slots=True)
class Door:
    """A request of a person: the token that came with it, how a row is called before this person,
    and what was carried out by it."""

    token: Callable[[], str]
    title: Callable[[Any], str]
    done: list[str] = field(default_factory=list)


_door: ContextVar[Door | None] = ContextVar("door", default=None)


@contextmanager
def through_a_page(token: Callable[[], str], title: Callable[[Any], str] = str) -> Iterator[Door]:
    """Whatever can't be undone is asked for within this block."""
    door = Door(token, title)
    set_back = _door.set(door)
    try:
        yield door
    finally:
        _door.reset(set_back)


def titled(row: Any) -> str:
    """What a row is called before whoever is asked."""
    door = _door.get()
    return door.title(row) if door else str(row)


@contextmanager
def within(asked: ToConfirm | None) -> Iterator[None]:
    """The work of a command: commands inside it are not asked for; `asked` is raised when it has worked."""
    door = _door.get()
    set_back = _door.set(None)
    try:
        yield
    finally:
        _door.reset(set_back)
    if asked is None or door is None:
        return
    if not _holds(door.token(), asked.token):
        raise asked
    door.done.append(str(asked.warned.done))


# Many commands that are asked for together, in a transaction that the question takes back.
confirmed_together = within


def asked_of(
    name: str, actor: Any, rows: list[Any], given: Mapping[str, Any], warns: Warns
) -> ToConfirm | None:
    """What is to be asked before this is done to these rows; None where no page is in between."""
    return _question(name, actor, rows, given, warns) if _door.get() else None


def asked_at_once(
    name: str, actor: Any, rows: list[Any], warns: Warns, given: Mapping[str, Any] | None = None
) -> ToConfirm:
    """The question itself, for a page that asks before anything is sent, or once for many rows."""
    with said_at_its_field(type(rows[0]), ()):
        return _question(name, actor, rows, given or {}, warns)


def _question(name: str, actor: Any, rows: list[Any], given: Mapping[str, Any], warns: Warns) -> ToConfirm:
    warned = warns(rows, given)
    # What was told counts too: whoever agreed to one figure has not agreed to another.
    told = [str(words) for words in (warned.title, *warned.does, warned.lost)]
    digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
    subject = [name, actor.account_id, sorted((row.pk, getattr(row, "version", 0)) for row in rows), digest]
    return ToConfirm(
        warned,
        signing.dumps(subject, salt=SALT, compress=True),
        list(map(copy, rows)),
    )


def _holds(token: str, wanted: str) -> bool:
    try:
        given = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return bool(given == signing.loads(wanted, salt=SALT))


def warn_of_removal(rows: list[Any], _given: Mapping[str, Any]) -> Warned:
    """What goes when rows are removed: they, and whatever belongs to them alone."""
    collector = Collector(using=rows[0]._state.db or "default")
    try:
        collector.collect(rows)
    except models.ProtectedError:
        # Of several rows each is told by itself when it is refused.
        if len(rows) == 1:
            raise
    model = type(rows[0])
    counts = {found: len(instances) for found, instances in collector.data.items() if found is not model}
    for waiting in collector.fast_deletes:
        counts[waiting.model] = counts.get(waiting.model, 0) + waiting.count()
    counts.pop(model, None)
    names = ", ".join(f"“{titled(row)}”" for row in rows[:NAMED_ROWS])
    does = [
        ngettext("%(count)s row is removed: %(names)s.", "%(count)s rows are removed: %(names)s.", len(rows))
        % {"count": len(rows), "names": names + (" …" if len(rows) > NAMED_ROWS else "")}
    ]
    does += [
        _("With it go: %(noun)s, %(count)s.") % {"noun": _noun(found), "count": count}
        for found, count in counts.items()
        if count
    ]
    one = titled(rows[0]) if len(rows) == 1 else _("%(count)s rows") % {"count": len(rows)}
    return Warned(
        title=_("Remove %(what)s?") % {"what": one},
        does=tuple(does),
        lost=_("This can't be undone. The audit trail keeps what it was and who removed it."),
        button=_("Remove"),
        done=_("Removed: %(what)s. The audit trail keeps what it was.") % {"what": one},
    )


def _noun(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name_plural)
