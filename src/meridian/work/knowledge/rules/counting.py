"""Deflection, by its definition: what is said and what only nobody contradicts are two numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """One person's asking for one thing: when it began, whether an article was read, whether it solved it."""

    key: str
    began_at: datetime
    was_read: bool
    said_solved: bool
    person: int | None
    categories: frozenset[int | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody asked the desk: when, and about what as far as it is known."""

    person: int
    at: datetime
    category: int | None


def outcomes(
    sessions: Sequence[Session], contacts: Iterable[Contact], now: datetime, within: timedelta
) -> Mapping[str, list[Session]]:
    """The sessions by what became of them.

    `shown` are all; `read` those in which an article was read; of these `said_solved` those in which it was
    said to solve it, and `settled` those that began so long ago that silence tells something: `again` those
    after which the person asked the desk within that time, `quiet` the others. Whoever is known to have
    asked about another thing has not asked again.
    """
    by_person: dict[int, list[Contact]] = {}
    for contact in contacts:
        by_person.setdefault(contact.person, []).append(contact)
    read = [session for session in sessions if session.was_read]
    settled = [session for session in read if session.began_at + within <= now]
    again = [one for one in settled if _asked_again(one, by_person.get(one.person or 0, ()), within)]
    return {
        "shown": list(sessions),
        "read": read,
        "said_solved": [session for session in read if session.said_solved],
        "settled": settled,
        "again": again,
        "quiet": [session for session in settled if session not in again],
    }


def _asked_again(session: Session, contacts: Iterable[Contact], within: timedelta) -> bool:
    return any(
        session.began_at <= contact.at < session.began_at + within
        and _may_be_the_same(session.categories, contact.category)
        for contact in contacts
    )


def _may_be_the_same(categories: frozenset[int | None], category: int | None) -> bool:
    """Only what is known to be another thing is taken for one."""
    return category is None or None in categories or not categories or category in categories
