"""The queue: one page of rows in two statements, however many items there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from meridian.engine.listing.keyset import Order, token_of, values_of
from meridian.engine.listing.parameters import whole_number
from meridian.engine.policies import Actor
from meridian.work.servicedesk.contracts import State
from meridian.work.servicedesk.facade import Membership, Person, Presence, Team, WorkItem

PAGE_ROWS = 50
COUNTED_ROWS = 10_000
NO_ROW = 0
FARTHEST_DUE = timedelta(days=3660)
BY_URGENCY = Order(("priority", "due_at", "id"))
BY_LAST_EVENT = Order(("-updated_at", "-id"))
PLACES = ("after", "before")
VIEWS = ("mine", "teams", "unassigned", "open", "waiting", "all")
COLUMNS = (
    *("id", "number", "kind", "state", "title", "priority", "due_at", "updated_at"),
    *("team__name", "assignee__given_name", "assignee__family_name"),
    *("requester__given_name", "requester__family_name"),
)


class QueueRow(NamedTuple):
    """An item as the queue shows it; names are empty or None where there is nobody, and so is how many
    events are new to the reader of what they never opened."""

    id: int
    number: str
    kind: str
    state: str
    title: str
    priority: int
    due_at: datetime
    updated_at: datetime
    team: str | None
    assignee_given: str | None
    assignee_family: str | None
    requester_given: str
    requester_family: str
    new_events: int | None


def row_of(item: WorkItem) -> QueueRow:
    """An item that is at hand, as the queue shows it."""
    team, assignee, requester = item.team, item.assignee, item.requester
    values = {name: getattr(item, name) for name in QueueRow._fields if hasattr(item, name)}
    return QueueRow(
        **values
        | {
            "team": team.name if team else None,
            "assignee_given": assignee.given_name if assignee else None,
            "assignee_family": assignee.family_name if assignee else None,
            "requester_given": requester.given_name,
            "requester_family": requester.family_name,
            "new_events": None,
        }
    )


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What narrows the queue; empty values narrow nothing. `team` is a code, `assignee` an index
    number, `view` one of `VIEWS`; `place` holds codes of duty stations with commas between them,
    `teams` a kind of team, `due` "late", "later", "day" or the instant until when (ISO 8601), `news` is
    "new" for what changed since the reader looked."""

    view: str = "open"
    team: str = ""
    place: str = ""
    teams: str = ""
    due: str = ""
    state: str = ""
    priority: str = ""
    kind: str = ""
    assignee: str = ""
    news: str = ""

    @property
    def order(self) -> Order:
        """Open work by priority and due time, everything else by its last event."""
        return BY_LAST_EVENT if self.view == "all" else BY_URGENCY


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Rows with the places from which the neighbouring pages start; `total` counts no further
    than `COUNTED_ROWS` + 1."""

    rows: list[QueueRow]
    total: int
    next_token: str
    previous_token: str


def queue_page(actor: Actor, chosen: QueueFilter, place: Mapping[str, str]) -> QueuePage:
    """One page of the queue; `place` may hold `after` or `before` a token of an earlier page."""
    items = queued(actor, chosen)
    order, backwards, values = chosen.order, "before" in place, place_of(chosen, place)
    page = items.filter(order.after(values, backwards)) if values else items
    seen = Presence.objects.filter(item=OuterRef("pk"), person=actor.person_id).values("seen_events")
    new = F("event_count") - Subquery(seen[:1])
    found = page.order_by(*order.expressions(backwards)).values_list(*COLUMNS, new)[: PAGE_ROWS + 1]
    rows = [QueueRow(*row) for row in found]
    has_more = len(rows) > PAGE_ROWS
    rows = rows[:PAGE_ROWS]
    if backwards:
        rows.reverse()
    before = bool(values) and (has_more or not backwards)
    after = has_more or (bool(values) and backwards)
    return QueuePage(
        rows=rows,
        total=items.order_by()[: COUNTED_ROWS + 1].count(),
        next_token=token_of(rows[-1], order) if rows and after else "",
        previous_token=token_of(rows[0], order) if rows and before else "",
    )


def place_of(chosen: QueueFilter, place: Mapping[str, str]) -> list[Any] | None:
    """The row beside which the page lies; None for the first page and for a token that isn't known."""
    token = "".join(place.values())
    return values_of(token, chosen.order, WorkItem) if token else None


def queued(actor: Actor, chosen: QueueFilter) -> QuerySet[WorkItem]:
    """The items that the desk's people may see, narrowed by the filter."""
    items = WorkItem.objects.permitted(actor, "queue").filter(_view(actor, chosen.view))
    exact = {
        "team": _key(Team.objects.filter(code=chosen.team)) if chosen.team else "",
        "team__in": _teams(chosen) if chosen.place or chosen.teams else "",
        "state": chosen.state,
        "priority": whole_number(chosen.priority) or "",
        "kind": chosen.kind,
        "assignee": _key(Person.objects.filter(number=chosen.assignee)) if chosen.assignee else "",
    }
    due = due_between(chosen.due, timezone.now()) if chosen.due else {}
    if chosen.news:
        looks = Presence.objects.filter(person=actor.person_id, seen_events__lt=F("item__event_count"))
        items = items.filter(pk__in=looks.values("item"))
    return items.filter(**{name: value for name, value in exact.items() if value != ""}, **due)


def due_between(due: str, now: datetime) -> dict[str, datetime]:
    """The look-ups of what is late, is not late, or falls due until an instant; ValueError for none."""
    if due == "late":
        return {"due_at__lte": now}
    if due == "later":
        return {"due_at__gt": now}
    until = now + timedelta(days=1) if due == "day" else datetime.fromisoformat(due)
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    if abs(until - now) > FARTHEST_DUE:
        raise ValueError(due)
    return {"due_at__gt": now, "due_at__lte": until}


def _teams(chosen: QueueFilter) -> list[int]:
    """The ids of the teams at these places and of this kind, looked up first like every key."""
    teams = Team.objects.order_by()
    if chosen.place:
        teams = teams.filter(duty_station__code__in=chosen.place.split(","))
    if chosen.teams:
        teams = teams.filter(kind=chosen.teams)
    return list(teams.values_list("pk", flat=True))


def _key(rows: QuerySet) -> int:
    """The id of the row, looked up first: a join would hide from the planner how many items it has."""
    return rows.values_list("pk", flat=True).first() or NO_ROW


def _view(actor: Actor, view: str) -> Q:
    conditions: dict[str, Any] = {
        "mine": Q(is_open=True, assignee=actor.person_id),
        "teams": Q(is_open=True, team__in=Membership.objects.filter(person=actor.person_id).values("team")),
        "unassigned": Q(is_open=True, assignee=None),
        "waiting": Q(is_open=True) & ~Q(state=State.IN_PROGRESS),
        "all": Q(),
    }
    return conditions.get(view, Q(is_open=True))
