"""Outlines of the land for the world view: coasts only, no borders.

The data files come from Natural Earth (public domain) through world-atlas (ISC), thinned by
`tools/world/build_land.py`: `land.txt` for the large map, `land_coarse.txt` for small ones.
One outline a line: the first point and then differences, in tenths of a degree east and north.
"""

from functools import cache
from pathlib import Path

from meridian.insight.world.rules.equal_earth import Frame

HERE = Path(__file__).parent
FILES = {"fine": "land.txt", "coarse": "land_coarse.txt"}


@cache
def outlines(detail: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Closed outlines as (longitude, latitude) in degrees; `detail` is "fine" or "coarse"."""
    result = []
    for line in (HERE / FILES[detail]).read_text(encoding="ascii").splitlines():
        numbers = [int(word) for word in line.split()]
        east = north = 0
        points = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            east, north = east + dx, north + dy
            points.append((east / 10, north / 10))
        result.append(tuple(points))
    return tuple(result)


def path_of(points: list[tuple[float, float]], closed: bool = True) -> str:
    """Points in whole units as the shortest SVG path with relative steps; repeated points are left out."""
    x, y = round(points[0][0]), round(points[0][1])
    pieces = [f"M{x} {y}l"]
    for point in points[1:]:
        dx, dy = round(point[0]) - x, round(point[1]) - y
        if dx or dy:
            pieces.append(f"{dx} {dy} ")
            x, y = x + dx, y + dy
    path = "".join(pieces).rstrip(" l").replace(" -", "-")
    return path + "z" if closed else path


@cache
def land_path(width: float, south: float, north: float, detail: str) -> str:
    """The land as one SVG path in the units of Frame(width, south, north)."""
    frame = Frame(width, south, north)
    paths = []
    for outline in outlines(detail):
        if max(latitude for _, latitude in outline) > south:
            path = path_of([frame.point(*point) for point in outline])
            if path.count("l"):
                paths.append(path)
    return "".join(paths)
