"""What the writers of graphs share: the transitions between two states on one edge, and their labels."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.figures.states import label
from quizgen.figures.words import word
from quizgen.knowledge.knowledge import say
from quizgen.models.figure import Arc, StateDiagram


def arc_label(arc: Arc, lang: str) -> str:
    """`rcv RST [after passive OPEN] / snd ACK`, as UML writes transitions."""
    event, actions = label(arc, lang)
    guard = f" [{say(arc.guard, lang)}]" if arc.guard else ""
    return f"{event}{guard}" + (f" / {word(lang, 'separator').join(actions)}" if actions else "")


def edges(diagram: StateDiagram) -> Iterator[tuple[Arc, ...]]:
    """The transitions with the same two states, in the same order, drawn and not drawn ones apart."""
    found: dict[tuple[str, str, bool], list[Arc]] = {}
    for arc in diagram.arcs:
        found.setdefault((arc.source, arc.target, arc.drawn), []).append(arc)
    yield from map(tuple, found.values())
