"""The world view as one SVG: day and night at this minute, every desk, and the hours the sun gives.

Everything is classes and presentation attributes; colours and type are in the style sheet.
Sizes are in map units: the large map is 2,000 units wide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from meridian.engine.design.marks import Markup, Said, mark
from meridian.insight.world.rules.daylight import (
    ASTRONOMICAL,
    CIVIL,
    NAUTICAL,
    SUNSET,
    Sun,
    altitude,
    night,
    night_outlines,
    sun_at,
    wrap,
)
from meridian.insight.world.rules.equal_earth import Frame
from meridian.insight.world.rules.ground import NORTH, PARTS, SMALL_WIDTH, SOUTH, WIDTH, meridian, path_of
from meridian.insight.world.rules.marks import DeskMark, Label, Mark, join_marks, place_labels

HEAD, SCALE_HEIGHT, FOOT = 34, 12, 64
LETTER = 21.0
NEAR, FAR = 1.0, 2.6
DEEP = -8.0  # degrees of the sun below which the ground is dark enough for light letters


@dataclass(frozen=True, slots=True)
class MapWords:
    """The map's words in the reader's language; braces are filled in."""

    title: str = "Day, night and desks at {time} UTC"
    description: str = (
        "{open} desks open, {handover} handing over, {closed} closed; "
        "{waiting} items waiting, {in_hand} in hand."
    )
    mark: str = "{name}: {state}, {waiting} waiting, {in_hand} in hand, {local_time}"
    joined: str = "{name} and {count} more: {waiting} waiting, {in_hand} in hand"
    states: dict[str, str] = field(
        default_factory=lambda: {"open": "open", "handover": "handing over", "closed": "closed"}
    )


@dataclass(frozen=True, slots=True)
class SmallMark:
    """A dot on a small map: tone good, watch, bad, still or accent; `size` 1 is an ordinary dot."""

    latitude: float
    longitude: float
    tone: str
    size: float
    said: Said


Address = Callable[[Sequence[DeskMark]], str]


def first_url(desks: Sequence[DeskMark]) -> str:
    """Where a mark leads that stands for several desks, unless somebody knows better."""
    return desks[0].url


def draw_world(
    now_utc: datetime,
    desks: Sequence[DeskMark],
    ground_url: str,
    words: MapWords | None = None,
    address: Address = first_url,
) -> Markup:
    """The world view at an aware instant, as markup of an <svg class="map">.

    `ground_url` is the address of `meridian/world.svg` among the static files: sea, graticule and
    land are fetched once and kept. Neighbouring desks are joined; a second, coarser set of marks
    is there for narrow screens (classes `near` and `far`). A mark leads to the `address` of its
    desks and is no link when that is empty. Names and addresses are escaped. The
    list that says the same for whoever can't see a map is the page's affair.
    """
    words = words or MapWords()
    frame = Frame(WIDTH, SOUTH, NORTH)
    sun = sun_at(now_utc)
    layers = [
        _heading(now_utc, desks, words),
        *(_ground(ground_url, part) for part in PARTS[:5]),
        _shade(sun, frame),
        _sun_sign(sun, frame),
        _hours(now_utc, frame),
        *(_mark_layer(desks, frame, sun, words, unit, address) for unit in (NEAR, FAR)),
    ]
    box = f"0 {-HEAD} {WIDTH:.0f} {frame.height + FOOT + HEAD:.0f}"
    named = 'role="group" aria-labelledby="map-title" aria-describedby="map-about"'
    return Markup(f'<svg class="map" viewBox="{box}" {named}>{"".join(layers)}</svg>')


def draw_small_map(
    marks: Sequence[SmallMark], title: str, ground_url: str, now_utc: datetime | None = None
) -> Markup:
    """The same world small, for repeating: dots by tone, night only when an instant is given."""
    frame = Frame(SMALL_WIDTH, SOUTH, NORTH)
    shade = ""
    if now_utc is not None:
        shade = _outline_paths(sun_at(now_utc), CIVIL, frame)
    dots = []
    for dot in sorted(marks, key=lambda dot: -dot.size):
        x, y = frame.point(dot.longitude, dot.latitude)
        place = f'cx="{x:.0f}" cy="{y:.0f}" r="{4 * dot.size:.3g}"'
        dots.append(mark(dot.said, f'<circle class="{escape(dot.tone)}" {place}/>'))
    box = f"0 0 {SMALL_WIDTH:.0f} {frame.height:.0f}"
    return Markup(
        f'<svg class="map small" viewBox="{box}" role="group" aria-label="{escape(title)}">'
        f"{_ground(ground_url, 'small-sea')}{_ground(ground_url, 'small-land')}"
        f"{shade}{''.join(dots)}</svg>"
    )


def _heading(now_utc: datetime, desks: Sequence[DeskMark], words: MapWords) -> str:
    """Title and description, and the gradient of a lit place."""
    counts = {state: sum(desk.state == state for desk in desks) for state in ("open", "handover", "closed")}
    title = words.title.format(time=now_utc.astimezone(UTC).strftime("%H:%M"))
    about = words.description.format(
        waiting=sum(desk.waiting for desk in desks), in_hand=sum(desk.in_hand for desk in desks), **counts
    )
    return (
        f'<title id="map-title">{escape(title)}</title><desc id="map-about">{escape(about)}</desc>'
        '<defs><radialGradient id="map-glow"><stop class="glow-in"/><stop class="glow-out" offset="1"/>'
        "</radialGradient></defs>"
    )


def _ground(ground_url: str, part: str) -> str:
    """One part of the ground file; what it looks like is inherited from the class here."""
    return f'<use class="{part.removeprefix("small-")}" href="{escape(ground_url)}#{part}"/>'


def _outline_paths(sun: Sun, limit: float, frame: Frame) -> str:
    """The dark below one altitude of the sun, as a path of class night."""
    outlines = night_outlines(night(sun, limit))
    path = "".join(path_of([frame.point(*point) for point in outline]) for outline in outlines)
    return f'<path class="night" d="{path}"/>' if path else ""


def _shade(sun: Sun, frame: Frame) -> str:
    """Four veils over one another: sunset, and the three twilights."""
    return "".join(_outline_paths(sun, limit, frame) for limit in (SUNSET, CIVIL, NAUTICAL, ASTRONOMICAL))


def _sun_sign(sun: Sun, frame: Frame) -> str:
    """The sun where it stands overhead, and the meridian where it is noon."""
    x, y = frame.point(sun.longitude, sun.declination)
    noon = path_of(meridian(frame, sun.longitude), closed=False)
    rays = "M0-22v-9M0 22v9M-22 0h-9M22 0h9M-16-16l-6-6M16-16l6-6M-16 16l-6 6M16 16l6 6"
    return (
        f'<path class="noon" d="{noon}"/><g class="sun" transform="translate({x:.0f} {y:.0f})">'
        f'<circle r="13"/><path d="{rays}"/></g>'
    )


def _hours(now_utc: datetime, frame: Frame) -> str:
    """The scale under the map: mean solar time along the lower edge; it follows the sun."""
    utc = now_utc.astimezone(UTC)
    hours = utc.hour + utc.minute / 60
    top = frame.height
    blocks, texts = [], []
    for hour in range(24):
        longitude = wrap((hour - hours) * 15)
        x = frame.point(longitude, SOUTH)[0]
        end = frame.point(min(longitude + 15, 180), SOUTH)[0]
        if hour % 2 == 0:
            blocks.append(f"M{x:.0f} {top:.0f}H{end:.0f}v{SCALE_HEIGHT}H{x:.0f}z")
            if longitude > 165:
                start = frame.point(-180, SOUTH)[0]
                rest = frame.point(longitude - 345, SOUTH)[0]
                blocks.append(f"M{start:.0f} {top:.0f}H{rest:.0f}v{SCALE_HEIGHT}H{start:.0f}z")
        kind = "noon-hour" if hour == 12 else "third" if hour % 3 == 0 else "hour"
        texts.append(f'<text class="{kind}" x="{x:.0f}" y="{top + SCALE_HEIGHT + 8:.0f}">{hour:02d}</text>')
    left, right = frame.point(-180, SOUTH)[0], frame.point(180, SOUTH)[0]
    rule = f"M{left:.0f} {top:.0f}H{right:.0f}v{SCALE_HEIGHT}H{left:.0f}z"
    middle = frame.point(0, SOUTH)[0]
    clock = (
        f'<path class="greenwich" d="M{middle:.0f} {top + SCALE_HEIGHT:.0f}v-24"/>'
        f'<text class="utc" x="{middle:.0f}" y="-12">{utc:%H:%M} UTC</text>'
    )
    return (
        f'<g class="hours" aria-hidden="true"><path class="rule" d="{rule}"/>'
        f'<path class="block" d="{"".join(blocks)}"/>{"".join(texts)}{clock}</g>'
    )


def _mark_layer(
    desks: Sequence[DeskMark], frame: Frame, sun: Sun, words: MapWords, unit: float, address: Address
) -> str:
    """All marks and the names that find room, at one size; one of the layers is shown, never both."""
    marks = join_marks(desks, frame, unit)
    labels = {id(label.mark): label for label in place_labels(marks, frame, LETTER * unit, unit == FAR)}
    body = "".join(
        _link(
            address(mark.desks),
            _mark_class(mark, sun),
            _place(mark),
            _mark_markup(mark, labels.get(id(mark)), sun, words, unit),
        )
        for mark in reversed(marks)
    )
    return f'<g class="{"near" if unit == NEAR else "far"}">{body}</g>'


def _say(mark: Mark, words: MapWords) -> str:
    """The mark in words."""
    first = mark.desks[0]
    if len(mark.desks) == 1:
        return words.mark.format(
            name=first.name,
            state=words.states[first.state],
            waiting=first.waiting,
            in_hand=first.in_hand,
            local_time=first.local_time,
        )
    in_hand = sum(desk.in_hand for desk in mark.desks)
    return words.joined.format(
        name=first.name, count=len(mark.desks) - 1, waiting=mark.waiting, in_hand=in_hand
    )


def _link(url: str, name: str, place: str, body: str) -> str:
    """A sign that leads somewhere, or only stands there."""
    if not url:
        return f'<g class="{name}" {place}>{body}</g>'
    return f'<a href="{escape(url)}" tabindex="-1" class="{name}" {place}>{body}</a>'


def _place(mark: Mark) -> str:
    return f'transform="translate({mark.x:.0f} {mark.y:.0f})"'


def _mark_class(mark: Mark, sun: Sun) -> str:
    first = mark.desks[0]
    dark = " dark" if altitude(sun, first.latitude, first.longitude) < DEEP else ""
    return f"desk {mark.state}{dark}"


def _mark_markup(mark: Mark, label: Label | None, sun: Sun, words: MapWords, unit: float) -> str:
    """One sign: glow when the sun is down, disc by state, ring of states when joined, number, name."""
    first = mark.desks[0]
    height = altitude(sun, first.latitude, first.longitude)
    r, turning = mark.radius, mark.state == "handover"
    glow = f'<circle class="glow" r="{r * 2.4:.0f}"/>' if height < CIVIL else ""
    half = f'<path class="half" d="M0-{r:.0f}a{r:.0f} {r:.0f} 0 0 1 0 {2 * r:.0f}z"/>' if turning else ""
    number = f"<text>{mark.waiting}</text>" if mark.waiting else ""
    title = f"<title>{escape(_say(mark, words))}</title>"
    return f'{title}{glow}<circle r="{r:.0f}"/>{half}{_ring(mark, unit)}{number}{_name(mark, label)}'


def _name(mark: Mark, label: Label | None) -> str:
    """The placed name, with what follows it in a softer hand."""
    if label is None:
        return ""
    name, rest = map(escape, label.words)
    soft = f" <tspan>{rest}</tspan>" if rest else ""
    place = f'x="{label.x - mark.x:.0f}" y="{label.y - mark.y:.0f}"'
    return f'<text class="name {label.anchor}" {place}>{name}{soft}</text>'


def _ring(mark: Mark, unit: float) -> str:
    """Shares of states around joined desks, clockwise from the top."""
    if len(mark.desks) == 1:
        return ""
    pieces, before = [], 0.0
    for state, count in mark.shares.items():
        share = 100 * count / len(mark.desks)
        if count:
            pieces.append(
                f'<circle class="ring {state}" r="{mark.radius + 4 * unit:.0f}" pathLength="100" '
                f'stroke-dasharray="{share:.0f} 100" stroke-dashoffset="-{before:.0f}"/>'
            )
        before += share
    return "".join(pieces)
