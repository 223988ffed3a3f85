"""Wrong variants of a navigation: an event that never or always happens, a row of the order dropped or turned round, a
circumstance that makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quizgen.models.base import Mutant
from quizgen.models.mutants import Build, mutant, text
from quizgen.models.navigation.edges import Edge
from quizgen.models.navigation.events import ALWAYS, Event
from quizgen.models.navigation.order import SPEC
from quizgen.models.navigation.vocabulary import VARIANTS

_NEVER = "never"


def mutants(build: Build) -> Iterator[Mutant]:
    """Every mutant, in the order of the model's elements."""
    titles = {event.name: event.title for event in SPEC.events}
    for event in SPEC.events:
        en, zh, phase = ("never", "从不", _NEVER) if event.phase == ALWAYS else ("always", "总会", ALWAYS)
        title = text(f"{en}: {event.title['en']}", f"{zh}发生：{event.title['zh']}")
        yield mutant(build, SPEC, f"event:{event.name}#{en}", title, events=_events(event, phase))
    for edge in SPEC.edges:
        first, then = titles[edge.first], titles[edge.then]
        in_any_order = text(
            f"in any order: {first['en']}; {then['en']}{edge.condition['en']}",
            f"先后不限：{first['zh']}；{then['zh']}{edge.condition['zh']}",
        )
        turned = text(
            f"first {then['en']}, then {first['en']}{edge.condition['en']}",
            f"先{then['zh']}，后{first['zh']}{edge.condition['zh']}",
        )
        yield mutant(build, SPEC, f"{edge.id}#missing", in_any_order, edges=_edges(edge))
        yield mutant(
            build,
            SPEC,
            f"{edge.id}#reversed",
            turned,
            edges=_edges(edge, replace(edge, first=edge.then, then=edge.first)),
        )
    for name, said in VARIANTS.items():
        title = text(f"no difference: {said['en']}", f"没有影响：{said['zh']}")
        yield mutant(build, SPEC, f"variant:{name}#ignored", title, ignored=frozenset({name}))


def _events(event: Event, phase: str) -> tuple[Event, ...]:
    return tuple(replace(one, phase=phase) if one is event else one for one in SPEC.events)


def _edges(edge: Edge, *instead: Edge) -> tuple[Edge, ...]:
    return tuple(one for other in SPEC.edges for one in (instead if other is edge else (other,)))
