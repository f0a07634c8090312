"""Taking reports in: read each, join it to what its source said before, then reconcile what changed."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.holdings.discovery.commands.kept import Place, Row, rows_at, touch, write
from meridian.holdings.discovery.commands.reconciling import reconcile
from meridian.holdings.discovery.contracts import (
    CHANGED,
    CREATED,
    QUARANTINED,
    UNCHANGED,
    UNDECIDED,
    Report,
    Taken,
)
from meridian.holdings.discovery.models import QuarantinedReport, Sighting, Source
from meridian.holdings.discovery.rules.faults import Unreadable
from meridian.holdings.discovery.rules.instants import DAY, day_of
from meridian.holdings.discovery.rules.joining import Kept
from meridian.holdings.discovery.rules.reading import read

AT_ONCE = 250
BEGINNING = 2_000
# One at a time: two reports of one thing may come at once, by two ways.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('discovery.sighting'))"


@dataclass(frozen=True, slots=True)
class Body:
    """What a source sent: the name of the file or sender, its bytes, and when it came where it was posted.

    A file that doesn't say when it was made is as old as the agent that made it, or else of the day on
    which it was taken in.
    """

    name: str
    content: bytes
    at: int | None = None


def take_in(*, actor: Actor, source: Source, bodies: Iterable[Body]) -> Taken:
    """Take reports in, a few hundred in one transaction; what can't be read is put aside with its reason."""
    taken = Taken()
    waiting = iter(bodies)
    while batch := list(islice(waiting, AT_ONCE)):
        take_in_batch(actor=actor, row=source, bodies=batch, taken=taken)
    return taken


@command("discovery.source.take_in", on=Source, target="row", title=_("take reports in"))
def take_in_batch(*, actor: Actor, row: Source, bodies: Sequence[Body], taken: Taken) -> None:
    """Take a batch of reports in, all of it or, where the database fails, nothing."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    batch = _Batch(actor, row, taken)
    batch.take(bodies)


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    body: str
    report: Report
    at: int


class _Batch:
    """One batch on its way."""

    def __init__(self, actor: Actor, source: Source, taken: Taken) -> None:
        self.actor, self.source, self.taken = actor, source, taken
        self.now = int(time.time())

    def take(self, bodies: Sequence[Body]) -> None:
        digests = {body.name: hashlib.sha256(body.content).hexdigest() for body in bodies}
        known = self._known(set(digests.values()))
        fresh = []
        for body in bodies:
            seen = known.get(digests[body.name])
            if seen is None:
                fresh.append(body)
            else:
                self.taken.outcomes[body.name] = UNCHANGED if seen[1] else UNDECIDED
                self.taken.items |= {seen[1]} if seen[1] else set()
        touch(key for key, _item in known.values())
        told = list(self._read(fresh, digests))
        if told:
            self._join(told)

    def _known(self, digests: set[str]) -> dict[str, tuple[int, int | None]]:
        """The sightings that were read from these very bodies: to join them again would change nothing."""
        rows = Sighting.objects.filter(source=self.source, bodies__overlap=list(digests))
        found = rows.values_list("pk", "item_id", "bodies")
        return {body: (key, item) for key, item, bodies in found for body in bodies if body in digests}

    def _read(self, bodies: Sequence[Body], digests: dict[str, str]) -> Iterator[_Read]:
        aside = []
        for body in bodies:
            try:
                report = read(body.content)
                yield _Read(body.name, digests[body.name], report, self._instant(report, body))
            except Unreadable as fault:
                aside.append(self._put_aside(body, digests[body.name], str(fault)))
        QuarantinedReport.objects.bulk_create(aside, ignore_conflicts=True)

    def _instant(self, report: Report, body: Body) -> int:
        if report.at is None:
            return body.at or (day_of(self.now) if report.partial else 0)
        if report.at > self.now + DAY:
            raise Unreadable("The report says that it was made in the future.")
        return report.at

    def _put_aside(self, body: Body, digest: str, reason: str) -> QuarantinedReport:
        self.taken.outcomes[body.name] = QUARANTINED
        self.taken.reasons[body.name] = reason
        return QuarantinedReport(
            source=self.source,
            name=body.name[-200:],
            digest=digest,
            reason=reason[:300],
            beginning=body.content[:BEGINNING].decode("utf-8", "replace").replace("\0", "�"),
        )

    def _join(self, told: Sequence[_Read]) -> None:
        places = [(one.report.native, one.report.face) for one in told]
        partial = [place for place, one in zip(places, told, strict=True) if one.report.partial]
        rows = rows_at(self.source, places, partial)
        changed: dict[str, Row] = {}
        for place, one in zip(places, told, strict=True):
            row = rows.setdefault(place, _new(place, one.report))
            if row.join(one.report, one.at, one.body):
                changed[one.name] = row
        write(self.source, rows.values())
        touched = {row.id for row in rows.values() if row.changed or row.later_only}
        alone = self._alone(row.id for row in rows.values() if row.later_only and not row.changed)
        became = reconcile(self.actor, touched - alone)
        self._tell(told, places, rows, changed, became.created)

    def _alone(self, keys: Iterable[int]) -> set[int]:
        """Those whose item nobody else tells of: a later instant alone makes no difference to it."""
        rows = Sighting.objects.raw(
            "SELECT id FROM discovery_sighting AS one WHERE id = ANY(%s) AND item_id IS NOT NULL AND NOT"
            " EXISTS (SELECT FROM discovery_sighting AS other"
            " WHERE other.item_id = one.item_id AND other.id <> one.id)",
            [list(keys)],
        )
        return {row.pk for row in rows}

    def _tell(
        self,
        told: Sequence[_Read],
        places: Sequence[Place],
        rows: dict[Place, Row],
        changed: dict[str, Row],
        created: set[int],
    ) -> None:
        keys = [row.id for row in rows.values()]
        items = dict(Sighting.objects.filter(pk__in=keys).values_list("pk", "item_id"))
        unsaid = set(created)
        for place, one in zip(places, told, strict=True):
            item = items.get(rows[place].id)
            if item is None:
                outcome = UNDECIDED
            elif item in unsaid:
                outcome = CREATED
            else:
                outcome = CHANGED if one.name in changed else UNCHANGED
            unsaid.discard(item or 0)
            self.taken.outcomes[one.name] = outcome
            self.taken.items |= {item} - {None} if item else set()


def _new(place: Place, report: Report) -> Row:
    return Row(place[0], place[1], report.family, Kept())
