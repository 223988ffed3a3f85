"""A layout for any state diagram: layers by distance from the first state, labels where they meet nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quizgen.figures.geometry import Point, Polygon, between, box, meet
from quizgen.figures.states_parts import NAME, Node, Route, block_size
from quizgen.figures.widths import pixels
from quizgen.models.figure import Arc, StateDiagram

_MARGIN, _ASIDE = 12.0, 26.0


def layers(diagram: StateDiagram) -> list[list[str]]:
    """The states by their distance from the first; those that cannot be reached come last."""
    left = list(diagram.states)
    found: list[list[str]] = []
    here = left[:1]
    while left:
        here = here or left[:]
        found.append(here)
        left = [state for state in left if state not in here]
        reached = {arc.target for arc in diagram.arcs if arc.source in here}
        here = [state for state in left if state in reached]
    return found


def _nodes(diagram: StateDiagram, across: float, down: float) -> dict[str, Node]:
    rows = layers(diagram)
    width = max(pixels(state, NAME, bold=True) for state in diagram.states) + 26
    middle = max(len(row) for row in rows) * (width + across) / 2
    nodes = {}
    for depth, row in enumerate(rows):
        for index, state in enumerate(row):
            x = middle + (index - (len(row) - 1) / 2) * (width + across)
            nodes[state] = Node(state, (x, _MARGIN + 19 + depth * down), width)
    return nodes


def _straight(source: Node, target: Node, shift: float) -> tuple[Point, Point]:
    """From edge to edge, both ends moved sideways by `shift`."""
    (x, y), (to_x, to_y) = source.centre, target.centre
    if y == to_y:
        side = 1 if to_x > x else -1
        return (x + side * source.width / 2, y + shift), (to_x - side * target.width / 2, to_y + shift)
    side = 1 if to_y > y else -1
    lean = max(-0.35, min(0.35, (to_x - x) / 600))
    return (
        (x + shift + lean * source.width, y + side * source.height / 2),
        (to_x + shift - lean * target.width, to_y - side * target.height / 2),
    )


def _aside(source: Node, target: Node, x: float) -> tuple[Point, ...]:
    """Out to the right, along there, and back."""
    gap = 8 if source is target else 0
    return (
        (source.centre[0] + source.width / 2, source.centre[1] - gap),
        (x, source.centre[1] - gap),
        (x, target.centre[1] + gap),
        (target.centre[0] + target.width / 2, target.centre[1] + gap),
    )


def _ways(diagram: StateDiagram, nodes: dict[str, Node]) -> list[tuple[tuple[Arc, ...], tuple[Point, ...]]]:
    pairs = dict.fromkeys((arc.source, arc.target) for arc in diagram.arcs)
    lane = max(node.centre[0] + node.width / 2 for node in nodes.values())
    found = []
    for source, target in pairs:
        arcs = tuple(arc for arc in diagram.arcs if (arc.source, arc.target) == (source, target))
        shift = (10.0 if source < target else -10.0) if (target, source) in pairs else 0.0
        points: tuple[Point, ...] = _straight(nodes[source], nodes[target], shift)
        others = [node.outline for node in nodes.values() if node.state not in (source, target)]
        if source == target or any(meet(points, other) for other in others):
            lane += _ASIDE
            points = _aside(nodes[source], nodes[target], lane)
        found.append((arcs, points))
    return found


def _places(points: tuple[Point, ...], size: tuple[float, float]) -> Iterator[tuple[str, Point, Polygon]]:
    """Where a label may stand: beside the longest stretch of the way, on either side."""
    start, end = max(pairwise(points), key=lambda ends: abs(ends[0][0] - ends[1][0]) + abs(ends[0][1] - ends[1][1]))
    for fraction in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78):
        at = between(start, end, fraction)
        yield "right", at, box(at[0] + 6, at[1] - size[1] / 2, size[0] + 4, size[1])
        yield "left", at, box(at[0] - 10 - size[0], at[1] - size[1] / 2, size[0] + 4, size[1])


def _labelled(diagram: StateDiagram, nodes: dict[str, Node], lang: str) -> tuple[list[Route], list[Polygon]]:
    """The routes with their labels, and the places taken; a label without a place becomes a number."""
    ways = _ways(diagram, nodes)
    taken = [node.outline for node in nodes.values()]
    lines = [ends for _, points in ways for ends in pairwise(points)]
    routes = []
    for arcs, points in ways:
        places = _places(points, block_size(arcs, lang))
        free = (place for place in places if not any(meet(place[2], other) for other in [*taken, *lines]))
        side, at, polygon = next(free, ("number", between(*max(pairwise(points)), 0.5), []))
        taken += [polygon] if polygon else []
        routes.append(Route(arcs, points, side, at))
    return routes, taken


def layered(diagram: StateDiagram, lang: str) -> tuple[list[Node], list[Route], tuple[float, float]]:
    """Boxes, routes and size: the tightest drawing in which every label has a place, or the widest one tried.

    Everything is moved so that nothing lies left of the margin.
    """
    for across, down in ((60, 96), (110, 110), (170, 130), (240, 150), (320, 180)):
        nodes = _nodes(diagram, across, down)
        routes, taken = _labelled(diagram, nodes, lang)
        if all(route.side != "number" for route in routes):
            break
    corners = [point for polygon in taken for point in polygon] + [point for route in routes for point in route.points]
    shift = _MARGIN - min(x for x, _ in corners)
    size = (max(x for x, _ in corners) + shift + _MARGIN, max(y for _, y in corners) + _MARGIN)
    moved = [Node(node.state, (node.centre[0] + shift, node.centre[1]), node.width) for node in nodes.values()]
    shifted = [
        Route(
            route.arcs, tuple((x + shift, y) for x, y in route.points), route.side, (route.at[0] + shift, route.at[1])
        )
        for route in routes
    ]
    return moved, shifted, size
