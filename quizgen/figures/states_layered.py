"""A layout for any state diagram: layers by distance from the first state, labels where they meet nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quizgen.figures.geometry import Point, Polygon, between, box, meet
from quizgen.figures.states_parts import LEAD, NAME, Node, Route, block_size
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


def _loop(node: Node, leftmost: bool) -> tuple[Point, ...]:
    """From a state to itself, on its outer side."""
    side = -1 if leftmost else 1
    edge, y = node.centre[0] + side * node.width / 2, node.centre[1]
    return (edge, y - 12), (edge + side * 18, y - 12), (edge + side * 18, y + 12), (edge, y + 12)


def _aside(source: Node, target: Node, lane: float) -> tuple[Point, ...]:
    """Out below, along a lane on the right, and back from above: between the layers there are no boxes."""
    (x, y), (to_x, to_y) = source.centre, target.centre
    x, to_x = x + source.width / 4, to_x + target.width / 4
    below, above = y + source.height / 2, to_y - target.height / 2
    return (x, below), (x, below + 16), (lane, below + 16), (lane, above - 16), (to_x, above - 16), (to_x, above)


def _row(nodes: dict[str, Node], state: str) -> list[Node]:
    return [node for node in nodes.values() if node.centre[1] == nodes[state].centre[1]]


def _ways(diagram: StateDiagram, nodes: dict[str, Node]) -> list[tuple[tuple[Arc, ...], tuple[Point, ...]]]:
    pairs = dict.fromkeys((arc.source, arc.target) for arc in diagram.arcs)
    lane = max(node.centre[0] + node.width / 2 for node in nodes.values())
    found = []
    for source, target in pairs:
        arcs = tuple(arc for arc in diagram.arcs if (arc.source, arc.target) == (source, target))
        shift = (10.0 if source < target else -10.0) if (target, source) in pairs else 0.0
        points: tuple[Point, ...] = _straight(nodes[source], nodes[target], shift)
        others = [node.outline for node in nodes.values() if node.state not in (source, target)]
        if source == target:
            points = _loop(nodes[source], all(node.centre >= nodes[source].centre for node in _row(nodes, source)))
        elif any(meet(points, other) for other in others):
            lane += _ASIDE
            points = _aside(nodes[source], nodes[target], lane)
        found.append((arcs, points))
    return found


def _longest(points: tuple[Point, ...]) -> tuple[Point, Point]:
    return max(pairwise(points), key=lambda ends: abs(ends[0][0] - ends[1][0]) + abs(ends[0][1] - ends[1][1]))


def _places(points: tuple[Point, ...], size: tuple[float, float]) -> Iterator[tuple[str, Point, Polygon]]:
    """Where a label may stand: beside the longest stretch of the way, clear of it, on either side; over it if level."""
    start, end = _longest(points)
    width, height = size[0] + 4, size[1]
    level = start[1] == end[1]
    for fraction in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78):
        x, y = at = between(start, end, fraction)
        if level:
            yield "over", at, box(x - width / 2, y - LEAD - 4, width, height + 8)
            continue
        clear = height / 2 * abs((end[0] - start[0]) / (end[1] - start[1]))
        yield "right", (x + clear, y), box(x + clear + 6, y - height / 2, width, height)
        yield "left", (x - clear, y), box(x - clear - 6 - width, y - height / 2, width, height)


def _labelled(diagram: StateDiagram, nodes: dict[str, Node], lang: str) -> tuple[list[Route], list[Polygon]]:
    """The routes with their labels, and the places taken; a label without a place becomes a number."""
    ways = _ways(diagram, nodes)
    taken = [node.outline for node in nodes.values()]
    routes = []
    for arcs, points in ways:
        places = _places(points, block_size(arcs, lang))
        lines = [ends for _, other in ways for ends in pairwise(other) if other is not points]
        free = (place for place in places if not any(meet(place[2], other) for other in [*taken, *lines]))
        side, at, polygon = next(free, ("number", between(*_longest(points), 0.5), []))
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
