"""The parts that a state diagram is drawn with: boxes, routed arcs, and labels as event over action with a rule between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from quizgen.figures.geometry import Point, Polygon, box
from quizgen.figures.states import label
from quizgen.figures.svg import Canvas
from quizgen.figures.widths import pixels
from quizgen.figures.words import MASK, word
from quizgen.models.figure import Arc

SIZE, LEAD = 12.5, 15.0
NAME = 13.5


@dataclass(frozen=True)
class Node:
    """A state's box around its centre."""

    state: str
    centre: Point
    width: float
    height: float = 38.0

    @property
    def outline(self) -> Polygon:
        """The box's corners."""
        return box(self.centre[0] - self.width / 2, self.centre[1] - self.height / 2, self.width, self.height)


@dataclass(frozen=True)
class Route:
    """The way of one or more arcs between two states: corners, and where the label stands.

    `side`: `over` puts the event above and the actions below a level stretch of the way, centred at `at`; `right` and
    `left` put a block beside `at`; `number` puts the arc's number on the way and its label below the diagram.
    """

    arcs: tuple[Arc, ...]
    points: tuple[Point, ...]
    side: str
    at: Point


def block_size(arcs: Sequence[Arc], lang: str) -> tuple[float, float]:
    """Width and height of the labels of some arcs, one below the other."""
    labels = [label(arc, lang) for arc in arcs]
    width = max(pixels(text, SIZE) for event, actions in labels for text in (event, *actions))
    lines = sum(1 + len(actions) for _, actions in labels)
    return width, lines * LEAD + 4 * len(labels)


def draw_node(canvas: Canvas, node: Node, shown: str) -> None:
    """The box with its name, or with the mask's sign."""
    x, y = node.centre[0] - node.width / 2, node.centre[1] - node.height / 2
    if shown == MASK:
        canvas.mask(x, y, node.width, node.height, size=NAME)
        return
    canvas.rectangle(x, y, node.width, node.height, radius=6, stroke=1.6)
    canvas.text(shown, *node.centre, size=NAME, anchor="middle", bold=True)


def _rounded(points: Sequence[Point], radius: float = 9) -> str:
    """The way as path data, its corners rounded."""
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        a, b = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{a[0]:.1f} {a[1]:.1f}Q{corner[0]:g} {corner[1]:g} {b[0]:.1f} {b[1]:.1f}")
    return "".join([*parts, f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"])


def _towards(start: Point, goal: Point, distance: float) -> Point:
    length = hypot(goal[0] - start[0], goal[1] - start[1])
    share = min(distance / length, 0.5) if length else 0.0
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def draw_route(canvas: Canvas, route: Route) -> None:
    """The line with its head."""
    (x, y), tip = route.points[-2], route.points[-1]
    length = hypot(tip[0] - x, tip[1] - y)
    canvas.path(_rounded([*route.points[:-1], _towards(tip, route.points[-2], 7)]), class_="q-accent", width=1.4)
    canvas.head(tip, ((tip[0] - x) / length, (tip[1] - y) / length))


def _over(canvas: Canvas, route: Route, lang: str) -> None:
    x, y = route.at
    above: list[str] = []
    below: list[str] = []
    for arc in route.arcs:
        event, actions = label(arc, lang)
        above.append(event)
        below += [word(lang, "separator").join(actions)] if actions else []
    for index, text in enumerate(reversed(above)):
        canvas.text(text, x, y - 9 - index * LEAD, size=SIZE, anchor="middle")
    for index, text in enumerate(below):
        canvas.text(text, x, y + 9 + index * LEAD, size=SIZE, anchor="middle")


def _beside(canvas: Canvas, route: Route, lang: str) -> None:
    width, height = block_size(route.arcs, lang)
    x = route.at[0] + (8 if route.side == "right" else -8 - width)
    y = route.at[1] - height / 2 + LEAD / 2
    for arc in route.arcs:
        event, actions = label(arc, lang)
        canvas.text(event, x + width / 2, y, size=SIZE, anchor="middle")
        if actions:
            rule = max(pixels(text, SIZE) for text in (event, *actions))
            canvas.line(
                [(x + (width - rule) / 2, y + LEAD / 2 + 2), (x + (width + rule) / 2, y + LEAD / 2 + 2)], width=0.8
            )
        for index, action in enumerate(actions, 1):
            canvas.text(action, x + width / 2, y + 4 + index * LEAD, size=SIZE, anchor="middle")
        y += (1 + len(actions)) * LEAD + 4


def draw_label(canvas: Canvas, route: Route, lang: str, number: str = "") -> None:
    """The label where the route says, or the number in its place."""
    if route.side == "number":
        canvas.text(number, route.at[0] + 10, route.at[1], size=SIZE, bold=True)
    elif route.side == "over":
        _over(canvas, route, lang)
    else:
        _beside(canvas, route, lang)
