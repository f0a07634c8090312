"""Turn world-atlas land outlines into the compact text that the world view draws.

    python tools/world/build_land.py LAND_TOPOJSON POINTS TARGET

LAND_TOPOJSON is land-50m.json or land-110m.json of npm package world-atlas 2.0.2 (ISC), which
holds Natural Earth's land (public domain): coasts only, no borders. The outlines are thinned to
about POINTS points by Visvalingam's method on areas in the Equal Earth projection, so that what
is small on the map goes first; islands smaller than the last triangle dropped stay out.
TARGET gets one line per outline: first point, then differences, in tenths of a degree.

Source of the method: M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated elimination
of points", The Cartographic Journal 30(1), 1993.
"""

import heapq
import json
import sys
from pathlib import Path

import click

from meridian.insight.world.rules.equal_earth import project

SOUTH = -60.0
Point = tuple[float, float]


def arcs_of(topology: dict) -> list[list[Point]]:
    """Decode the delta-coded arcs to degrees."""
    scale_x, scale_y = topology["transform"]["scale"]
    move_x, move_y = topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def rings_of(topology: dict) -> list[list[Point]]:
    """Every outline, holes (inland seas) too, as an open list of points."""
    arcs = arcs_of(topology)
    rings = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points: list[Point] = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points.extend(arc[1:] if points else arc)
            rings.append(points[:-1])
    northern = [ring for ring in rings if max(latitude for _, latitude in ring) > SOUTH]
    return [piece for ring in northern for piece in cut(ring)]


def cut(ring: list[Point]) -> list[list[Point]]:
    """The outline within ±180 degrees: outlines across the date line become two."""
    turned, x = [ring[0]], ring[0][0]
    for longitude, latitude in ring[1:]:
        x += (longitude - x + 180) % 360 - 180
        turned.append((x, latitude))
    if max(point[0] for point in turned) <= 180 and min(point[0] for point in turned) >= -180:
        return [turned]
    pieces = []
    for turn in (-360, 0, 360):
        moved = [(longitude + turn, latitude) for longitude, latitude in turned]
        piece = clip(clip(moved, 180.0, 1), -180.0, -1)
        if len(piece) >= 3:
            pieces.append(piece)
    return pieces


def clip(ring: list[Point], edge: float, side: int) -> list[Point]:
    """The part of an outline on one side of a meridian (Sutherland and Hodgman's rule for one edge)."""
    kept: list[Point] = []
    for (x0, y0), (x1, y1) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if (x0 <= edge) != (x1 <= edge) if side > 0 else (x0 >= edge) != (x1 >= edge):
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
        if (x1 <= edge) if side > 0 else (x1 >= edge):
            kept.append((x1, y1))
    return kept


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area between three projected points."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def weights(ring: list[Point]) -> list[float]:
    """For each point, the largest triangle met before it would be dropped (Visvalingam's effective area)."""
    flat = [project(*point) for point in ring]
    count = len(ring)
    before = [(index - 1) % count for index in range(count)]
    after = [(index + 1) % count for index in range(count)]
    area = [triangle(flat[before[i]], flat[i], flat[after[i]]) for i in range(count)]
    heap = [(value, index) for index, value in enumerate(area)]
    heapq.heapify(heap)
    gone, effective, largest = [False] * count, [float("inf")] * count, 0.0
    left = count
    while heap and left > 3:
        value, index = heapq.heappop(heap)
        if gone[index] or value != area[index]:
            continue
        largest = max(largest, value)
        effective[index], gone[index] = largest, True
        left -= 1
        one, two = before[index], after[index]
        after[one], before[two] = two, one
        for near in (one, two):
            area[near] = triangle(flat[before[near]], flat[near], flat[after[near]])
            heapq.heappush(heap, (area[near], near))
    last = [index for index in range(count) if not gone[index]]
    for index in last:
        effective[index] = max(area[index], largest)
    return effective


def thin(rings: list[list[Point]], wanted: int) -> list[list[Point]]:
    """The outlines with the `wanted` weightiest points; outlines left with fewer than three vanish."""
    weighed = [weights(ring) for ring in rings]
    every = sorted((value for ring in weighed for value in ring), reverse=True)
    limit = every[min(wanted, len(every) - 1)]
    kept = [
        [point for point, weight in zip(ring, weight_list, strict=True) if weight >= limit]
        for ring, weight_list in zip(rings, weighed, strict=True)
    ]
    return [ring for ring in kept if len(ring) >= 3]


def encode(ring: list[Point]) -> str:
    """One line: first point and differences in tenths of a degree; points that fall together are joined."""
    cells = [(round(longitude * 10), round(latitude * 10)) for longitude, latitude in ring]
    numbers: list[int] = []
    x = y = 0
    for index, (east, north) in enumerate(cells):
        if index and (east, north) == (x, y):
            continue
        numbers += [east - x, north - y]
        x, y = east, north
    return " ".join(map(str, numbers))


def main(source: str, points: str, target: str) -> None:
    """Write the file and say how much is left."""
    rings = thin(rings_of(json.loads(Path(source).read_text())), int(points))
    lines = [encode(ring) for ring in sorted(rings, key=len, reverse=True)]
    kept = [line for line in lines if line.count(" ") >= 5]
    Path(target).write_text("\n".join(kept) + "\n")
    click.echo(f"{len(kept)} outlines, {sum(line.count(' ') + 1 for line in kept) // 2} points")


if __name__ == "__main__":
    main(*sys.argv[1:])
