"""Plane geometry of labels: turned rectangles, segments, and whether they meet (y runs down, angles in degrees)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin

Point = tuple[float, float]
Polygon = Sequence[Point]


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """The upright rectangle with that upper left corner."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def turned(centre: Point, width: float, height: float, angle: float) -> list[Point]:
    """The rectangle around a centre, turned clockwise by the angle."""
    across, down = cos(radians(angle)), sin(radians(angle))
    corners = box(-width / 2, -height / 2, width, height)
    return [(centre[0] + x * across - y * down, centre[1] + x * down + y * across) for x, y in corners]


def between(start: Point, end: Point, fraction: float) -> Point:
    """The point at that fraction of the way."""
    return start[0] + (end[0] - start[0]) * fraction, start[1] + (end[1] - start[1]) * fraction


def _apart_by(first: Polygon, second: Polygon, edges: Polygon) -> bool:
    for (x, y), (to_x, to_y) in pairwise(edges[:3]):  # opposite sides of a rectangle tell the same
        normal = (to_y - y, x - to_x)
        a = [normal[0] * px + normal[1] * py for px, py in first]
        b = [normal[0] * px + normal[1] * py for px, py in second]
        if max(a) <= min(b) or max(b) <= min(a):
            return True
    return False


def _one_above(first: Polygon, second: Polygon) -> bool:
    heights, others = [y for _, y in first], [y for _, y in second]
    return max(heights) <= min(others) or max(others) <= min(heights)


def meet(first: Polygon, second: Polygon) -> bool:
    """Whether two rectangles or segments overlap, each given by its corners."""
    # Most things of a drawing are above or below each other: that is seen at once.
    return not (_one_above(first, second) or _apart_by(first, second, first) or _apart_by(first, second, second))


def inside(polygon: Polygon, left: float, right: float) -> bool:
    """Whether the polygon lies between two vertical lines."""
    return all(left <= x <= right for x, _ in polygon)
