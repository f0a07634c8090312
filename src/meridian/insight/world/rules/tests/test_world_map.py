"""The drawing is well-formed, says what it shows, escapes what it is given and is small."""

import gzip
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from meridian.engine import design
from meridian.engine.design.marks import Said
from meridian.insight.world.rules.ground import PARTS, ground_file
from meridian.insight.world.rules.marks import STATES, DeskMark
from meridian.insight.world.rules.world_map import MapWords, SmallMark, draw_small_map, draw_world

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=UTC)
GROUND = "/static/meridian/world.svg"
SVG = "{http://www.w3.org/2000/svg}"


def desk(index: int, **changes: object) -> DeskMark:
    """Desks spread over the world by the golden angle."""
    fields = {
        "name": f"Desk {index}",
        "latitude": (index * 37) % 110 - 45.0,
        "longitude": (index * 137.5) % 360 - 180,
        "state": STATES[index % 3],
        "waiting": index % 40,
        "in_hand": index % 7,
        "place": f"P{index}",
        "url": f"/desks/{index}/",
        "local_time": "17:32",
    }
    return DeskMark(**{**fields, **changes})


def parse(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_it_is_well_formed_and_has_no_inline_style_or_script() -> None:
    markup = draw_world(NOW, [desk(index) for index in range(131)], GROUND)
    parse(markup)
    assert "style" not in markup
    assert "<script" not in markup
    assert not re.search(r"\son\w+=", markup)


def test_it_says_what_it_shows() -> None:
    drawing = parse(
        draw_world(
            NOW, [desk(0, waiting=4, in_hand=2), desk(1, state="closed", waiting=1, in_hand=0)], GROUND
        )
    )
    assert drawing.findtext(f"{SVG}title") == "Day, night and desks at 14:32 UTC"
    about = drawing.findtext(f"{SVG}desc")
    assert about == "1 desks open, 0 handing over, 1 closed; 5 items waiting, 2 in hand."
    titles = [title.text for title in drawing.findall(f".//{SVG}a/{SVG}title")]
    assert "Desk 0: open, 4 waiting, 2 in hand, 17:32" in titles


def test_names_and_addresses_are_escaped() -> None:
    markup = draw_world(NOW, [desk(0, name='<b onclick="x">&', url='/?a=1&b="')], GROUND)
    parse(markup)
    assert "<b " not in markup
    assert "&lt;b onclick=&quot;x&quot;&gt;&amp;" in markup


def test_words_come_from_the_caller() -> None:
    words = MapWords(title="{time} 世界", states={"open": "开放", "handover": "交接", "closed": "关闭"})
    drawing = parse(draw_world(NOW, [desk(0)], GROUND, words))
    assert drawing.findtext(f"{SVG}title") == "14:32 世界"
    assert "开放" in drawing.findtext(f".//{SVG}a/{SVG}title")


def test_it_draws_without_a_desk_and_at_any_hour_of_the_year() -> None:
    for month in range(1, 13):
        for hour in (0, 5, 12, 23):
            parse(draw_world(datetime(2026, month, 20, hour, 59, tzinfo=UTC), [], GROUND))


def test_the_whole_map_with_131_desks_is_small() -> None:
    markup = draw_world(NOW, [desk(index) for index in range(131)], GROUND)
    assert len(gzip.compress(markup.encode())) <= 10_000
    assert len(gzip.compress(draw_world(NOW, [], GROUND).encode())) <= 2_500


def test_small_maps_cost_little_when_repeated() -> None:
    said = Said("Nairobi & all: 3", "/desk/?team=NAIROBI&view=waiting")
    marks = [SmallMark(desk(index).latitude, desk(index).longitude, "good", 1, said) for index in range(60)]
    one = draw_small_map(marks, "Coverage at <06:00>", GROUND, NOW)
    assert parse(one).get("aria-label") == "Coverage at <06:00>"
    assert one.count('href="/desk/?team=NAIROBI&amp;view=waiting"') == 60
    assert len(gzip.compress((one * 12).encode())) < 3 * len(gzip.compress(one.encode()))


def test_drawings_are_printed_as_they_are_by_templates() -> None:
    drawing = draw_small_map([], "Nothing", GROUND)
    assert drawing.__html__() is drawing


def test_the_static_ground_is_the_one_these_rules_draw() -> None:
    kept = Path(design.__file__).parent / "static/meridian/world.svg"
    assert kept.read_text(encoding="ascii") == ground_file()
    assert len(gzip.compress(kept.read_bytes(), 9)) <= 12_500


def test_maps_point_only_at_parts_of_the_ground() -> None:
    markup = draw_world(NOW, [], GROUND) + draw_small_map([], "Nothing", GROUND)
    assert set(re.findall(r'href="/static/meridian/world.svg#([^"]+)"', markup)) == set(PARTS)


def test_a_mark_leads_to_the_address_of_its_desks_or_nowhere():
    near = [desk(1, latitude=50.0, longitude=10.0), desk(2, latitude=50.0, longitude=10.0)]
    apart = desk(3, latitude=-40.0, longitude=100.0, url="")
    drawn = parse(
        draw_world(NOW, [*near, apart], GROUND, address=lambda desks: "&".join(one.url for one in desks))
    )
    links = {link.get("href") for link in drawn.iter(f"{SVG}a")}
    assert links == {"/desks/2/&/desks/1/"}
    names = [text.text for group in drawn.iter(f"{SVG}g") for text in group.iter(f"{SVG}text")]
    assert "Desk 3" in names
