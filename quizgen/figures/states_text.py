"""A state diagram in characters: each state, and below it what leads where."""

from __future__ import annotations

from collections.abc import Collection

from quizgen.figures.states import label, state_name
from quizgen.figures.widths import cells, wrap
from quizgen.figures.words import MASK, word
from quizgen.models.figure import StateDiagram


def _shown(state: str, mask: Collection[str]) -> str:
    name = state_name(state, mask)
    return f"[{MASK}]" if name == MASK else name


def states_text(diagram: StateDiagram, mask: Collection[str], lang: str, width: int) -> list[str]:
    """The states with their transitions in lines of at most `width` columns."""
    lines: list[str] = []
    for state in diagram.states:
        lines += wrap(_shown(state, mask), width)
        leaving = [arc for arc in diagram.arcs if arc.source == state]
        for arc in leaving:
            event, actions = label(arc, lang)
            does = f"{event} / {word(lang, 'separator').join(actions)}" if actions else event
            stem = "  └─ " if arc is leaving[-1] else "  ├─ "
            told = wrap(f"{does} → {_shown(arc.target, mask)}", width - cells(stem))
            rest = "     " if arc is leaving[-1] else "  │  "
            lines += [stem + told[0], *(rest + line for line in told[1:])]
    return lines
