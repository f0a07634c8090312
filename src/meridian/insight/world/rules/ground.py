"""What lies under every world map and never changes: sea, graticule and land.

It is drawn once into the static file `meridian/world.svg` (`tools/world/build_ground.py`), which
browsers keep; maps point into it by the ids of PARTS.
"""

from collections.abc import Sequence

from meridian.insight.world.rules.equal_earth import Frame
from meridian.insight.world.rules.land import land_path, path_of

WIDTH, SMALL_WIDTH, SOUTH, NORTH = 2000.0, 400.0, -57.0, 84.0
PARTS = ("sea", "grid", "tropic", "prime", "land", "small-sea", "small-land")
Line = list[tuple[float, float]]


def parallel(frame: Frame, latitude: float) -> Line:
    """A parallel is a straight line in this projection."""
    return [frame.point(-180, latitude), frame.point(180, latitude)]


def meridian(frame: Frame, longitude: float, steps: int = 16) -> Line:
    """A meridian from the top edge to the bottom edge."""
    span = (NORTH - SOUTH) / steps
    return [frame.point(longitude, NORTH - span * index) for index in range(steps + 1)]


def sea_path(width: float) -> str:
    """The outline of the world."""
    frame = Frame(width, SOUTH, NORTH)
    return path_of(meridian(frame, 180, 48) + meridian(frame, -180, 48)[::-1])


def lines_path(lines: Sequence[Line]) -> str:
    """Several open lines in one path."""
    return "".join(path_of(line, closed=False) for line in lines)


def ground_file() -> str:
    """The whole static file. Meridians stand every 15 degrees: one hour of the sun."""
    frame = Frame(WIDTH, SOUTH, NORTH)
    hours = [meridian(frame, longitude) for longitude in range(-165, 180, 15) if longitude]
    parallels = [parallel(frame, latitude) for latitude in (-45, -30, -15, 15, 30, 45, 60)]
    paths = {
        "sea": sea_path(WIDTH),
        "grid": lines_path(hours + parallels),
        "tropic": lines_path([parallel(frame, latitude) for latitude in (-23.44, 23.44, 66.56)]),
        "prime": lines_path([parallel(frame, 0), meridian(frame, 0)]),
        "land": land_path(WIDTH, SOUTH, NORTH, "fine"),
        "small-sea": sea_path(SMALL_WIDTH),
        "small-land": land_path(SMALL_WIDTH, SOUTH, NORTH, "coarse"),
    }
    body = "\n".join(f'<path id="{part}" d="{paths[part]}"/>' for part in PARTS)
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>\n{body}\n</defs></svg>\n'
