"""The Equal Earth map projection: areas are true, so no region looks bigger than it is.

Source: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International
Journal of Geographical Information Science 33(3), 2019, equations 1 to 4 (sphere of radius 1).
"""

from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_ROOT_3 = sqrt(3) / 2


def _slope(theta: float) -> float:
    """dy/dθ: the polynomial under the x of the projection."""
    square = theta * theta
    return A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees east and north to (x, y) on a sphere of radius 1, y upward.

    x lies within ±2.70663, y within ±1.31737. Longitudes are taken as they are, so
    ±180 give the two edges.
    """
    theta = asin(HALF_ROOT_3 * sin(radians(latitude)))
    square = theta * theta
    y = theta * (A1 + A2 * square + square**3 * (A3 + A4 * square))
    x = radians(longitude) * cos(theta) / (HALF_ROOT_3 * _slope(theta))
    return x, y


class Frame:
    """A window on the projected world: from `south` to `north` degrees, `width` units wide.

    `height` follows from the projection. Points outside the latitudes are drawn on the edge.
    """

    def __init__(self, width: float, south: float, north: float) -> None:
        if not -90 <= south < north <= 90:
            raise ValueError(f"A frame runs from south to north within ±90 degrees, not {south} to {north}.")
        self.width, self.south, self.north = width, south, north
        self.scale = width / (2 * project(180, 0)[0])
        self.top = project(0, north)[1]
        self.height = (self.top - project(0, south)[1]) * self.scale

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees to (x, y) units in the frame: x to the right, y downward from the top edge."""
        x, y = project(longitude, max(self.south, min(self.north, latitude)))
        return self.width / 2 + x * self.scale, (self.top - y) * self.scale
