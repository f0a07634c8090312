"""How knowledge is used: deflection, what is asked and not found, and how often each revision served."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from meridian.engine.search.words import compared
from meridian.work.knowledge.contracts import ASKED_ALL_THE_SAME_WITHIN, Way
from meridian.work.knowledge.models import Use
from meridian.work.knowledge.rules.counting import Contact, Session, outcomes
from meridian.work.servicedesk.facade import WorkItem

# What said that it was solved was read, if only in the few lines that are shown beside the form.
READ = frozenset({Way.READ.value, Way.SOLVED.value})


@dataclass(frozen=True, slots=True)
class Gap:
    """What people asked and found nothing for: the words of the last of them, how many, and when."""

    words: str
    people: int
    times: int
    last_at: datetime


def sessions_since(since: datetime) -> list[Session]:
    """Each asking in which something was shown, with what became of it as far as it was said."""
    rows = Use.objects.filter(at__gte=since, asking__isnull=False, revision__isnull=False)
    found: dict[str, list[tuple[str, datetime, int | None, int | None]]] = {}
    for asking, way, at, person, category in rows.order_by("at").values_list(
        "asking", "way", "at", "person", "revision__article__category"
    ):
        found.setdefault(str(asking), []).append((way, at, person, category))
    return [_session(key, uses) for key, uses in found.items()]


def _session(key: str, uses: list[tuple[str, datetime, int | None, int | None]]) -> Session:
    read = [use for use in uses if use[0] in READ]
    return Session(
        key,
        (read or uses)[0][1],
        bool(read),
        any(use[0] == Way.SOLVED for use in uses),
        uses[0][2],
        frozenset(use[3] for use in read),
    )


def outcomes_since(since: datetime) -> Mapping[str, list[Session]]:
    """The sessions by what became of them, for the two numbers of deflection."""
    sessions = sessions_since(since)
    people = {session.person for session in sessions if session.was_read and session.person}
    rows = WorkItem.objects.filter(requester__in=people, opened_at__gte=since)
    contacts = [Contact(*row) for row in rows.values_list("requester", "opened_at", "category")]
    return outcomes(sessions, contacts, timezone.now(), ASKED_ALL_THE_SAME_WITHIN)


def gaps_since(since: datetime, most: int) -> list[Gap]:
    """What was asked last in each asking and found nothing, the most frequent first."""
    asked = (
        Use.objects.filter(way=Way.ASKED, at__gte=since).order_by("asking", "-at", "-pk").distinct("asking")
    )
    empty = [use for use in asked if use.found == 0 and len(use.words) > 3]
    grouped: dict[str, list[Use]] = {}
    for use in empty:
        grouped.setdefault(compared(use.words), []).append(use)
    found = [_gap(uses) for uses in grouped.values()]
    return sorted(found, key=lambda gap: (-gap.people, -gap.times, gap.words))[:most]


def _gap(uses: list[Use]) -> Gap:
    last = max(uses, key=lambda use: use.at)
    return Gap(last.words, len({use.person_id for use in uses}), len(uses), last.at)


def counts_of(revisions: Iterable[int]) -> dict[int, dict[str, int]]:
    """How often each revision was shown, read, said to have solved it, and put into a reply."""
    rows = (
        Use.objects.filter(revision__in=revisions)
        .order_by()
        .values_list("revision", "way")
        .annotate(Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for revision, way, count in rows:
        found.setdefault(revision, {})[way] = count
    return found


def last_words(asking: str, person: int | None) -> str:
    """What a person typed last in an asking; empty for an asking of somebody else."""
    rows = Use.objects.filter(asking=asking, way=Way.ASKED, person=person).order_by("-at", "-pk")
    return rows.values_list("words", flat=True).first() or ""
