"""What a state diagram says, with what is masked already hidden: labels of arcs, and the whole in words."""

from __future__ import annotations

from collections.abc import Collection

from quizgen.figures.words import MASK, named, word
from quizgen.models.figure import Arc, StateDiagram


def state_name(state: str, mask: Collection[str]) -> str:
    """The state's name or the mask's sign."""
    return MASK if f"state:{state}" in mask else state


def label(arc: Arc, lang: str) -> tuple[str, list[str]]:
    """The event and the actions of an arc in the language; actions are separated by a comma and a space."""
    return named(lang, "event", arc.event), [
        named(lang, "action", action) for action in arc.action.split(", ") if action
    ]


def arc_sentence(arc: Arc, mask: Collection[str], lang: str) -> str:
    """`CLOSED → LISTEN: passive OPEN / create TCB`."""
    event, actions = label(arc, lang)
    does = f" / {word(lang, 'separator').join(actions)}" if actions else ""
    return f"{state_name(arc.source, mask)} → {state_name(arc.target, mask)}: {event}{does}"


def states_sentences(diagram: StateDiagram, mask: Collection[str], lang: str) -> list[str]:
    """The transitions, a line each."""
    return [arc_sentence(arc, mask, lang) for arc in diagram.arcs]
