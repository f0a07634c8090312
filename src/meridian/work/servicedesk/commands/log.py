"""The log of the desk: what an event brings about beside what it says."""

from collections.abc import Iterator

from meridian.work.items.contracts.folding import Folded as ItemFolded
from meridian.work.items.contracts.folding import Happening, plain
from meridian.work.items.contracts.happenings import LINKED, NOTED, UNLINKED, Happened
from meridian.work.items.facade import Log, Relations, data_of, folded_of
from meridian.work.servicedesk.events import ItemDueMoved, ItemMoved
from meridian.work.servicedesk.models import WorkEvent, WorkItem
from meridian.work.servicedesk.queries.promises import promiser
from meridian.work.servicedesk.rules import ENDED, ON_HOLD, OPEN, Folded

# In these the clock stands or may stand; and what decides what is promised to whom, by when.
STANDING = ENDED | {ON_HOLD}
PROMISED_BY = frozenset({"kind", "priority", "team", "site", "category"})
# A promise follows from what happened: where it is all that changed, nothing follows from it.
ONLY_PROMISED = {"due_at"}


class DeskLog(Log[WorkItem]):
    """A promise moves with what decides it, and others learn of every event."""

    def prepared(self, item: WorkItem, happened: Happened) -> Happened:
        """With the time by which the item is promised, where the event moves it."""
        if "due_at" in happened.changes or not _moves_promise(item, happened):
            return happened
        data = data_of(folded_of(item), happened)
        happening = Happening(happened.type, happened.at, data)
        team, site = (data.get(name, (None, getattr(item, f"{name}_id")))[1] for name in ("team", "site"))
        due = promiser((team, site))([*happenings_of(item), happening])
        return happened._replace(changes={**happened.changes, "due_at": due})

    def told(
        self, item: WorkItem, before: ItemFolded, happened: Happened
    ) -> Iterator[ItemMoved | ItemDueMoved]:
        """Others learn of what isn't only said at the desk, and when an open item is due at another time."""
        assert isinstance(before, Folded)
        about = (item.pk, item.event_count, happened.person, happened.at)
        if happened.type not in (NOTED, LINKED, UNLINKED) and happened.changes.keys() != ONLY_PROMISED:
            yield ItemMoved(*about)
        if before.due_at is not None and item.due_at != before.due_at and item.state in OPEN:
            yield ItemDueMoved(*about, before.due_at, item.due_at)


LOG = DeskLog(WorkItem)
RELATIONS = Relations(LOG)
record = LOG.record


def happenings_of(item: WorkItem) -> list[Happening]:
    """What has happened to the item so far."""
    rows = WorkEvent.objects.filter(item=item).order_by("sequence").values_list("type", "at", "data")
    return [Happening(*row) for row in rows]


def _moves_promise(item: WorkItem, happened: Happened) -> bool:
    """Whether the event may move what was promised: work goes on after it stood, or is promised otherwise."""
    changes = happened.changes
    goes_on = changes.get("state", item.state) in OPEN - {ON_HOLD}
    if item.state in STANDING and "state" in changes and goes_on:
        return True
    return any(
        getattr(item, f"{name}_id" if name in Folded.REFERENCES else name) != plain(changes[name])
        for name in PROMISED_BY & changes.keys()
    )
