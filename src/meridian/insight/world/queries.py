"""The world as it is this minute: every desk's state and work, and the words for both."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.design.marks import Said
from meridian.engine.figures import number_text, time_text
from meridian.engine.policies import Actor
from meridian.engine.records.zones import zone_or_utc
from meridian.insight.world.rules.marks import DeskMark
from meridian.insight.world.rules.strip import REACH, StripHour
from meridian.insight.world.rules.world_map import MapWords, SmallMark
from meridian.work.deskwatch.contracts import DeskMark as Desk
from meridian.work.deskwatch.contracts import DueItem
from meridian.work.deskwatch.facade import (
    came_in_by_hour,
    desk_marks,
    falling_due,
    open_desks_by_hour,
    work_then,
)

STATES = {"open": "open", "closing": "handover", "closed": "closed"}
TONES = {"open": "good", "handover": "watch", "closed": "still"}


@dataclass(frozen=True, slots=True)
class World:
    """All active desks at `now` (UTC), and what they add up to.

    Seen ahead, `waiting` is what falls due by then and `in_hand` what of it falls due while the desk
    is closed: `due` are those items.
    """

    now: datetime
    desks: list[Desk]
    offset: int = 0
    due: tuple[DueItem, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """Desks by state of the map: open, handover, closed."""
        return Counter(STATES[desk.state] for desk in self.desks)

    @property
    def waiting(self) -> int:
        return sum(desk.waiting for desk in self.desks)

    @property
    def in_hand(self) -> int:
        return sum(desk.in_hand for desk in self.desks)


def world_at(now: datetime, actor: Actor) -> World:
    """The world at an aware instant, in as many statements whatever the number of desks."""
    return World(now, desk_marks(now, actor))


def world_beside(now: datetime, offset: int, actor: Actor) -> World:
    """The world so many whole hours before or after now: yesterday as the event log tells it, tomorrow
    as opening hours and promises do."""
    if not offset:
        return world_at(now, actor)
    at = hour_of(now, offset)
    if offset < 0:
        return World(at, desk_marks(at, actor, work_then(at)), offset)
    due = falling_due(now, at)
    counts = Counter(item.team for item in due)
    asleep = Counter(item.team for item in due if item.is_asleep)
    work = {team: (count, asleep[team]) for team, count in counts.items()}
    return World(at, desk_marks(at, actor, work), offset, tuple(due))


def hour_of(now: datetime, offset: int) -> datetime:
    """The beginning of the hour that lies so many hours from this one."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=offset)


def strip_at(now: datetime) -> list[StripHour]:
    """The 24 hours before and after this one, in as many statements whatever there is."""
    at = [hour_of(now, offset) for offset in range(-REACH, REACH + 1)]
    came_in = came_in_by_hour(at[0], now)
    due: dict[datetime, Counter[bool]] = defaultdict(Counter)
    for item in falling_due(now, at[-1] + timedelta(hours=1)):
        due[hour_of(item.due_at, 0)][item.is_asleep] += 1
    return [
        StripHour(offset, hour, desks, came_in.get(hour, 0), due[hour].total(), due[hour][True])
        for offset, hour, desks in zip(range(-REACH, REACH + 1), at, open_desks_by_hour(at), strict=True)
    ]


def local_time(desk: Desk, now: datetime) -> str:
    """The wall clock beside the desk, such as `17:32`."""
    zone, fault = zone_or_utc(desk.zone)
    return "–" if fault else time_text(now.astimezone(zone))


def queue_address(desk: Desk, **asked: str) -> str:
    """The desk's work, narrowed by what is asked; empty when the reader may not look at it."""
    return _queue({"view": "open", **asked, "team": desk.code}) if desk.may_open else ""


def all_desks_address(world: World, **asked: str) -> str:
    """The work of every desk, for who may look at any."""
    is_open = any(desk.may_open for desk in world.desks)
    return _queue({"view": "open", **asked, "teams": "desk"}) if is_open else ""


def address_of_marks(world: World) -> Callable[[Sequence[DeskMark]], str]:
    """Where a mark leads: the one desk's work, or that of the desks of all its places."""

    def address(desks: Sequence[DeskMark]) -> str:
        places = sorted({desk.place for desk in desks if desk.url})
        if len(desks) == 1 or not places:
            return desks[0].url
        return _queue({"view": "open", **asked_of(world), "teams": "desk", "place": ",".join(places)})

    return address


def _queue(asked: dict[str, str]) -> str:
    return f"{reverse('desk-queue')}?{urlencode(asked, safe=',')}"


def map_marks(world: World) -> list[DeskMark]:
    """The desks as the map draws them."""
    return [
        DeskMark(
            name=desk.place,
            latitude=desk.latitude,
            longitude=desk.longitude,
            state=STATES[desk.state],
            waiting=desk.waiting,
            in_hand=desk.in_hand,
            place=desk.place_code,
            url=queue_address(desk, **asked_of(world)) if world.offset >= 0 else "",
            local_time=local_time(desk, world.now),
        )
        for desk in world.desks
    ]


def asked_of(world: World) -> dict[str, str]:
    """What narrows the queue to the work that the world shows, now or ahead."""
    return {"due": f"{world.now:%Y-%m-%dT%H:%MZ}"} if world.offset > 0 else {}


def map_words(world: World) -> MapWords:
    """The map's words in the reader's language; braces are filled in by the map."""
    if world.offset > 0:
        return MapWords(
            title=_("Day, night and desks at {time} UTC"),
            description=_(
                "{open} desks open, {handover} handing over, {closed} closed;"
                " {waiting} items fall due by then, {in_hand} of them while their desk is closed."
            ),
            mark=_("{name}: {state}, {waiting} fall due, {in_hand} while closed, {local_time}"),
            joined=_("{name} and {count} more: {waiting} fall due, {in_hand} while closed"),
            states=state_words(),
        )
    return MapWords(
        title=_("Day, night and desks at {time} UTC"),
        description=_(
            "{open} desks open, {handover} handing over, {closed} closed;"
            " {waiting} items waiting, {in_hand} in hand."
        ),
        mark=_("{name}: {state}, {waiting} waiting, {in_hand} in hand, {local_time}"),
        joined=_("{name} and {count} more: {waiting} waiting, {in_hand} in hand"),
        states=state_words(),
    )


def state_words() -> dict[str, str]:
    """What a desk can be, in the reader's language."""
    return {"open": _("open"), "handover": _("handing over"), "closed": _("closed")}


def change_words(desk: Desk, now: datetime) -> str:
    """When the desk next opens or closes, in hours and minutes from now."""
    if desk.changes_at is None:
        return ""
    minutes = max(0, round((desk.changes_at - now) / timedelta(minutes=1)))
    span = {"hours": minutes // 60, "minutes": f"{minutes % 60:02d}"}
    if desk.state == "closed":
        return _("opens in %(hours)s:%(minutes)s h") % span
    return _("closes in %(hours)s:%(minutes)s h") % span


def work_by_state(world: World) -> list[tuple[str, list[SmallMark]]]:
    """Small multiples: where work waits, where it is in hand, where nobody is at the desk."""

    def marks(tone: str, amounts: list[tuple[Desk, int]], **asked: str) -> list[SmallMark]:
        most = max((amount for _desk, amount in amounts), default=0) or 1
        return [
            SmallMark(
                desk.latitude,
                desk.longitude,
                tone,
                0.6 + 2.2 * (amount / most) ** 0.5,
                Said(f"{desk.name}: {number_text(amount)}", queue_address(desk, **asked)),
            )
            for desk, amount in amounts
            if amount
        ]

    asleep = [(desk, desk.waiting) for desk in world.desks if desk.state == "closed"]
    return [
        (
            _("Work in hand"),
            marks("accent", [(desk, desk.in_hand) for desk in world.desks], state="in_progress"),
        ),
        (
            _("Work waiting"),
            marks("watch", [(desk, desk.waiting) for desk in world.desks], view="waiting"),
        ),
        (_("Waiting where the desk is closed"), marks("bad", asleep, view="waiting")),
    ]
