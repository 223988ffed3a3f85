"""Plane geometry of labels: turned rectangles, segments, and whether they meet (y runs down, angles in degrees)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def meet(first: Polygon, second: Polygon) -> bool:
    """Whether two rectangles or segments overlap, each given by its corners."""
    return not (_apart_by(first, second, first) or _apart_by(first, second, second))


Obstacle = tuple[float, float, Polygon]
"""The top and the bottom of a rectangle or segment, and its corners."""


def obstacle(polygon: Polygon) -> Obstacle:
    """A rectangle or segment as something that others may meet."""
    heights = [y for _, y in polygon]
    return min(heights), max(heights), polygon


def met(place: Polygon, obstacles: Iterable[Obstacle]) -> int:
    """How many of them a rectangle or segment overlaps. Most are above or below it, which is seen at once."""
    top, bottom, _ = obstacle(place)
    return sum(high < bottom and top < low and meet(place, other) for high, low, other in obstacles)


def inside(polygon: Polygon, left: float, right: float) -> bool:
    """Whether the polygon lies between two vertical lines."""
    return all(left <= x <= right for x, _ in polygon)
