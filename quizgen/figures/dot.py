"""Graphs in the DOT language of Graphviz: `quizgen model tcp --dot | dot -Tsvg`."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.figures.graph import arc_label, edges
from quizgen.knowledge.knowledge import say
from quizgen.models.figure import OrderGraph, StateDiagram

_GREY, _LONG = "gray45", 44


def dot(graph: StateDiagram | OrderGraph, title: str, lang: str) -> str:
    """The graph as a DOT document; what is not drawn by figures or does not always happen is grey or dashed."""
    body = _states(graph, lang) if isinstance(graph, StateDiagram) else _events(graph, lang)
    lines = [
        f"digraph {_quoted(title)} {{",
        '  graph [ranksep=0.7, nodesep=0.4, fontname="Helvetica"];',
        '  node [shape=box, style=rounded, fontname="Helvetica"];',
        '  edge [fontname="Helvetica", fontsize=10];',
        *(f"  {line};" for line in body),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _states(diagram: StateDiagram, lang: str) -> Iterator[str]:
    yield from map(_quoted, diagram.states)
    for arcs in edges(diagram):
        label = "".join(_lines(arc_label(arc, lang)) for arc in arcs)
        style = "penwidth=1.6" if arcs[0].drawn else f"color={_GREY}, fontcolor={_GREY}"
        yield f"{_quoted(arcs[0].source)} -> {_quoted(arcs[0].target)} [label={_quoted(label)}, {style}]"


def _events(graph: OrderGraph, lang: str) -> Iterator[str]:
    for name, title in graph.events.items():
        style = ', style="rounded,dashed"' if name in graph.sometimes else ""
        yield f"{_quoted(name)} [label={_quoted(say(title, lang))}{style}]"
    for first, then in graph.before:
        yield f"{_quoted(first)} -> {_quoted(then)}"


def _lines(label: str) -> str:
    """A label with a line end behind it; the actions of a long one have a line of their own."""
    return (label.replace(" / ", "\n    / ", 1) if len(label) > _LONG else label) + "\n"


def _quoted(text: str) -> str:
    """A DOT string, its lines set flush left."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\l")
    return f'"{escaped}"'
