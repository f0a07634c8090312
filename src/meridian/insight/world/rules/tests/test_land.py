"""The land is where it should be, stays on the map and is small."""

import gzip

import pytest

from meridian.insight.world.rules.land import land_path, outlines, path_of


def on_land(detail: str, longitude: float, latitude: float) -> bool:
    """Even-odd over every outline, so that inland seas count as water."""
    inside = False
    for outline in outlines(detail):
        for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1], strict=True):
            if (y0 > latitude) != (y1 > latitude):
                inside ^= longitude < x0 + (x1 - x0) * (latitude - y0) / (y1 - y0)
    return inside


DRY = [(21, 2), (-60, -10), (100, 60), (135, -25), (-100, 45), (-40, 72), (47, -19), (105, 35), (178.5, 67)]
WET = [(-30, 0), (-150, 0), (80, -20), (0, -40), (-170, 45), (51, 42), (18, 35), (-175, 72.5), (0, 80)]


@pytest.mark.parametrize("detail", ["fine", "coarse"])
@pytest.mark.parametrize("place", DRY)
def test_dry_places_are_land(detail: str, place: tuple[float, float]) -> None:
    assert on_land(detail, *place)


@pytest.mark.parametrize("detail", ["fine", "coarse"])
@pytest.mark.parametrize("place", WET)
def test_wet_places_are_water(detail: str, place: tuple[float, float]) -> None:
    assert not on_land(detail, *place)


@pytest.mark.parametrize("detail", ["fine", "coarse"])
def test_no_edge_runs_across_the_map(detail: str) -> None:
    for outline in outlines(detail):
        assert all(-180 <= x <= 180 for x, _ in outline)
        assert all(abs(a[0] - b[0]) < 90 for a, b in zip(outline, outline[1:] + outline[:1], strict=True))


def test_paths_are_small_enough_to_send() -> None:
    assert len(gzip.compress(land_path(2000.0, -57.0, 84.0, "fine").encode())) < 8_500
    assert len(gzip.compress(land_path(400.0, -57.0, 84.0, "coarse").encode())) < 2_000


def test_a_path_leaves_out_points_that_fall_together() -> None:
    assert path_of([(0, 0), (0.2, 0.3), (10, 5), (3, 9)]) == "M0 0l10 5-7 4z"
    assert path_of([(0, 0), (5, 0)], closed=False) == "M0 0l5 0"
