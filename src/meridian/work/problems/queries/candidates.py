"""What rises among incidents: the last week against the four weeks before it, in three statements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from meridian.work.problems.models import AttachedIncident, Candidate, Problem
from meridian.work.problems.rules import rises
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.facade import WorkItem

WEEKS_BEFORE = 4
WEEK = timedelta(days=7)
MOST_FOUND = 50
THING, CATEGORY, WORDS = (basis.value for basis in Candidate.Basis)
MARKS = {
    THING: "SELECT thing.reference AS mark, item.opened_at FROM servicedesk_workitem AS item"
    " JOIN configuration_configurationitem AS thing ON thing.id = item.concerns_id WHERE true",
    CATEGORY: "SELECT category.code AS mark, item.opened_at FROM servicedesk_workitem AS item"
    " JOIN servicedesk_category AS category ON category.id = item.category_id WHERE true",
    WORDS: "SELECT DISTINCT item.id, word AS mark, item.opened_at FROM servicedesk_workitem AS item,"
    r" LATERAL regexp_split_to_table(lower(item.title), '\W+') AS word WHERE length(word) >= 4",
}
COUNTED = """
WITH marked AS (
  {marks} AND item.kind = 'incident' AND item.opened_at >= %(start)s AND item.opened_at < %(end)s
)
SELECT mark, count(*) FILTER (WHERE opened_at >= %(week)s), count(*) FILTER (WHERE opened_at < %(week)s)
FROM marked GROUP BY mark HAVING count(*) FILTER (WHERE opened_at >= %(week)s) >= 5
ORDER BY 2 DESC, 1 LIMIT 2000
"""


class Rising(NamedTuple):
    """What incidents have in common, and how many had it in the last week and in the weeks before."""

    basis: str
    mark: str
    recent: int
    before: int


def rising(on: date) -> list[Rising]:
    """What rises in the week before the day, the most first; what is known or dismissed is left out."""
    end = _midnight(on)
    known = _known(on)
    found = [
        one
        for basis in MARKS
        for one in _counted(basis, end)
        if rises(one.recent, one.before, WEEKS_BEFORE) and (one.basis, one.mark) not in known
    ]
    return sorted(found, key=lambda one: (-one.recent, one.basis, one.mark))[:MOST_FOUND]


def _counted(basis: str, end: datetime) -> Iterator[Rising]:
    given = {"start": end - WEEK * (WEEKS_BEFORE + 1), "week": end - WEEK, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.replace("{marks}", MARKS[basis]), given)
        for mark, recent, before in cursor.fetchall():
            yield Rising(basis, mark[:120], recent, before)


def _known(on: date) -> set[tuple[str, str]]:
    """What an open problem is about, what was decided of late, and what was found on the day already."""
    open_problems = Problem.objects.filter(is_open=True)
    things = open_problems.exclude(concerns=None).values_list("concerns__reference", flat=True)
    categories = open_problems.exclude(category=None).values_list("category__code", flat=True)
    late = Candidate.objects.filter(found_on__gt=on - WEEK * WEEKS_BEFORE).exclude(
        state=Candidate.State.FOUND
    )
    today = Candidate.objects.filter(found_on=on)
    return {
        *((THING, mark) for mark in things),
        *((CATEGORY, mark) for mark in categories),
        *late.values_list("basis", "mark"),
        *today.values_list("basis", "mark"),
    }


def incidents_of(candidate: Candidate) -> QuerySet[WorkItem]:
    """The incidents of the last week that have it in common."""
    end = _midnight(candidate.found_on)
    items: QuerySet[Any] = WorkItem.objects.filter(
        kind=Kind.INCIDENT, opened_at__gte=end - WEEK, opened_at__lt=end
    )
    if candidate.basis == THING:
        return items.filter(concerns__reference=candidate.mark)
    if candidate.basis == CATEGORY:
        return items.filter(category__code=candidate.mark)
    return items.filter(title__iregex=rf"\m{candidate.mark}\M")


def incidents_attached_to(problem: Problem) -> QuerySet[WorkItem]:
    """The incidents that a problem caused."""
    attached = AttachedIncident.objects.filter(problem=problem)
    return WorkItem.objects.filter(pk__in=attached.values("incident"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
