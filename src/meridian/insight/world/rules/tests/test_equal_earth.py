"""The projection keeps areas, mirrors and frames."""

from math import cos, pi, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.insight.world.rules.equal_earth import Frame, project

LATITUDES = st.floats(-89.5, 89.5)
LONGITUDES = st.floats(-180, 180)


def test_published_extent() -> None:
    assert project(180, 0)[0] == pytest.approx(2.7066299836, abs=1e-9)
    assert project(0, 90)[1] == pytest.approx(1.3173627592, abs=1e-9)


def test_whole_world_has_the_area_of_the_sphere() -> None:
    steps = 20_000
    latitudes = [-90 + 180 * index / steps for index in range(steps + 1)]
    points = [project(180, latitude) for latitude in latitudes]
    area = sum((a[0] + b[0]) * (b[1] - a[1]) for a, b in zip(points, points[1:], strict=False))
    assert area == pytest.approx(4 * pi, rel=1e-6)


@given(LONGITUDES, LATITUDES)
def test_small_cells_keep_their_area(longitude: float, latitude: float) -> None:
    step = 1e-3
    x0, y0 = project(longitude, latitude - step)
    x1, y1 = project(longitude, latitude + step)
    width = project(longitude + step, latitude)[0] - project(longitude - step, latitude)[0]
    sphere = (2 * radians(step)) ** 2 * cos(radians(latitude))
    assert width * (y1 - y0) == pytest.approx(sphere, rel=1e-4)


@given(LONGITUDES, LATITUDES)
def test_mirrors_in_both_axes(longitude: float, latitude: float) -> None:
    x, y = project(longitude, latitude)
    assert project(-longitude, latitude) == pytest.approx((-x, y))
    assert project(longitude, -latitude) == pytest.approx((x, -y))


@given(LONGITUDES, st.floats(-90, 90))
def test_every_point_falls_into_the_frame(longitude: float, latitude: float) -> None:
    frame = Frame(2000, -57, 84)
    x, y = frame.point(longitude, latitude)
    assert -1e-6 <= x <= 2000 + 1e-6
    assert -1e-6 <= y <= frame.height + 1e-6


def test_frame_refuses_latitudes_upside_down() -> None:
    with pytest.raises(ValueError, match="south to north"):
        Frame(2000, 84, -57)
