"""Graphs in the language of Mermaid, which GitHub, GitLab and many editors draw: a state diagram or a flowchart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quizgen.figures.graph import arc_label, edges
from quizgen.knowledge.knowledge import say
from quizgen.models.figure import OrderGraph, StateDiagram

_KEYWORDS = frozenset({"as", "class", "classdef", "click", "default", "direction", "end", "graph", "note", "scale", "state", "style", "subgraph"})  # fmt: skip
_ENTITIES = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", ";": "#59;", ":": "#58;", "\n": "<br/>"}


def mermaid(graph: StateDiagram | OrderGraph, title: str, lang: str) -> str:
    """The graph as a Mermaid document."""
    body = _states(graph, lang) if isinstance(graph, StateDiagram) else _events(graph, lang)
    head = "stateDiagram-v2" if isinstance(graph, StateDiagram) else "flowchart TB"
    return "\n".join(["---", f"title: {_yaml(title)}", "---", head, *(f"  {line}" for line in body)]) + "\n"


def _states(diagram: StateDiagram, lang: str) -> Iterator[str]:
    ids = _ids(diagram.states)
    for state, id in ids.items():
        yield f'state "{_escaped(state)}" as {id}'
    for arcs in edges(diagram):
        label = "\n".join(arc_label(arc, lang) for arc in arcs)
        yield f"{ids[arcs[0].source]} --> {ids[arcs[0].target]}: {_escaped(label)}"


def _events(graph: OrderGraph, lang: str) -> Iterator[str]:
    ids = _ids(graph.events)
    for name, id in ids.items():
        yield f'{id}["{_escaped(say(graph.events[name], lang))}"]' + (":::sometimes" if name in graph.sometimes else "")
    for first, then in graph.before:
        yield f"{ids[first]} --> {ids[then]}"
    if graph.sometimes:
        yield "classDef sometimes stroke-dasharray: 4 3"


def _ids(names: Iterable[str]) -> dict[str, str]:
    """Words that Mermaid takes for ids, by name; no two are the same and none is a keyword."""
    found: dict[str, str] = {}
    for name in names:
        id = re.sub(r"[^A-Za-z0-9]", "_", name)
        while id.lower() in _KEYWORDS or id in found.values():
            id += "_"
        found[name] = id
    return found


def _escaped(text: str) -> str:
    return "".join(_ENTITIES.get(char, char) for char in text)


def _yaml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
