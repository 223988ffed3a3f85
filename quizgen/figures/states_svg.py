"""A state diagram as SVG: TCP's as in RFC 9293, Figure 5, any other in layers; what has no room is told below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from quizgen.figures.states import arc_sentence, state_name
from quizgen.figures.states_layered import layered
from quizgen.figures.states_parts import LEAD, SIZE, draw_label, draw_node, draw_route
from quizgen.figures.states_tcp import SIZE as TCP_SIZE
from quizgen.figures.states_tcp import is_tcp, tcp_nodes, tcp_routes
from quizgen.figures.svg import Canvas
from quizgen.figures.widths import pixels, wrap
from quizgen.models.figure import StateDiagram


def _told(canvas: Canvas, sentences: list[str], size: tuple[float, float]) -> tuple[float, float]:
    """The sentences below a drawing of that size; the size with them."""
    width, y = max(size[0], 320.0), size[1] + 12
    for sentence in sentences:
        for line in wrap(sentence, width - 24, lambda text: pixels(text, SIZE)):
            canvas.text(line, 12, y, size=SIZE)
            y += LEAD + 2
    return (width, y) if sentences else size


@contextmanager
def _marked(canvas: Canvas, elements: Iterable[str], covered: Collection[str] | None) -> Iterator[None]:
    """What is drawn inside stands for these elements, and shows whether all of them are covered."""
    if covered is None:
        yield
        return
    canvas.open(class_="q-covered" if all(one in covered for one in elements) else "q-uncovered")
    yield
    canvas.close()


def states_svg(
    diagram: StateDiagram, mask: Collection[str], lang: str, covered: Collection[str] | None = None
) -> tuple[Canvas, tuple[float, float]]:
    """The drawing and its size. With the elements that are `covered`, states and arcs are in groups of the classes
    q-covered and q-uncovered.
    """
    if is_tcp(diagram):
        nodes, size = tcp_nodes(), TCP_SIZE
        routes, others = tcp_routes(diagram)
    else:
        (nodes, routes, size), others = layered(diagram, lang), []
    canvas = Canvas()
    told: list[str] = []
    for node in nodes:
        with _marked(canvas, [f"state:{node.state}"], covered):
            draw_node(canvas, node, state_name(node.state, mask))
    for route in routes:
        number = f"({len(told) + 1})"
        with _marked(canvas, [arc.id for arc in route.arcs], covered):
            draw_route(canvas, route)
            draw_label(canvas, route, lang, number)
        if route.side == "number":
            told.append(f"{number} " + "; ".join(arc_sentence(arc, mask, lang) for arc in route.arcs))
    told += [arc_sentence(arc, mask, lang) for arc in others]
    return canvas, _told(canvas, told, size)
