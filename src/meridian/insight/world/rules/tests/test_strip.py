"""The strip of hours is well-formed and shows what each hour holds."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from meridian.engine.design.marks import Said
from meridian.insight.world.rules.strip import REACH, StripHour, draw_strip

NOW = datetime(2026, 11, 20, 14, tzinfo=UTC)


def test_every_hour_has_its_bars_and_nothing_has_none():
    hours = [StripHour(offset, NOW + timedelta(hours=offset), 0) for offset in range(-REACH, REACH + 1)]
    hours[0] = StripHour(-REACH, NOW - timedelta(hours=REACH), 12, came_in=4)
    hours[-1] = StripHour(REACH, NOW + timedelta(hours=REACH), 6, due=4, asleep=1)
    said = [Said(f"{hour.at:%d %H}", f"/world/?hours={hour.offset}") for hour in hours]
    drawn = ElementTree.fromstring(draw_strip("The hours", hours, said))
    assert [point.get("href") for point in drawn.iter("a")] == [each.url for each in said]
    assert [point.findtext("title") for point in drawn.iter("a")] == [each.words for each in said]
    bars = [
        (bar.get("class"), float(bar.get("height", "0")))
        for bar in drawn.iter("rect")
        if bar.get("class") != "reach"
    ]
    assert [name for name, _height in bars] == ["good", "still", "good", "due", "bad"]
    heights = dict(bars)
    assert heights["due"] == 4 * heights["bad"]
    assert heights["due"] == heights["still"]
    assert [text.text for text in drawn.iter("text")] == [
        f"{hour.at:%H:%M}" for hour in hours if hour.at.hour % 6 == 0
    ]


def test_a_house_without_desks_has_a_strip_too():
    assert ElementTree.fromstring(draw_strip("", [StripHour(0, NOW, 0)], [Said("now")])).tag == "svg"


def test_the_first_and_last_hours_are_named_inside_the_strip():
    """A name in the middle of a bar at the end of the strip would be cut."""
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    hours = [StripHour(offset, midnight + timedelta(hours=offset), 1) for offset in range(-REACH, REACH + 1)]
    drawn = ElementTree.fromstring(draw_strip("", hours, [Said("")] * len(hours)))
    placed = [(text.get("x"), text.get("text-anchor")) for text in drawn.iter("text")]
    assert (placed[0], placed[-1]) == (("0", "start"), (drawn.get("viewBox").split()[2], "end"))
    assert {anchor for _x, anchor in placed[1:-1]} == {"middle"}
