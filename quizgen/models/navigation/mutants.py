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
from quizgen.models.navigation.order import SPEC, navigate
from quizgen.models.navigation.variant import Variant
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
        if edge.phases:
            always = text(
                f"in every circumstance: first {first['en']}, then {then['en']}",
                f"任何情形下都先{first['zh']}，后{then['zh']}",
            )
            yield mutant(
                build,
                SPEC,
                f"event:{edge.then}#always after {edge.first}",
                always,
                edges=_edges(edge, replace(edge, phases=())),
            )
    for earlier, later in (*_unordered(), *_BELIEVED):
        waits = text(
            f"{titles[later]['en']} only once {titles[earlier]['en']}",
            f"{titles[earlier]['zh']}之后才{titles[later]['zh']}",
        )
        edge = Edge(earlier, later, "Some believe so.", SPEC.edges[0].cite)
        yield mutant(build, SPEC, f"event:{later}#after {earlier}", waits, edges=(*SPEC.edges, edge))
    for name, said in VARIANTS.items():
        title = text(f"no difference: {said['en']}", f"没有影响：{said['zh']}")
        yield mutant(build, SPEC, f"variant:{name}#ignored", title, ignored=frozenset({name}))


_BELIEVED = (
    ("CONNECTION_CLOSED", "PARSE_START"),
    ("SCRIPT_EXECUTED", "PARSE_END"),
    ("IMAGE_LOADED", "DOM_CONTENT_LOADED"),
    ("LOAD_EVENT", "PAINT"),
)
"""Orders that many believe in, beside those of neighbours."""


def _unordered() -> Iterator[tuple[str, str]]:
    """Pairs of events that may happen in any order, for each event the nearest ones in the table, as (earlier, later)."""
    usual = navigate(SPEC, Variant())
    for at, event in enumerate(usual.terms):
        for others in (reversed(usual.terms[:at]), usual.terms[at + 1 :]):
            free = next((one for one in others if usual.either_first(one, event)), None)
            if free is not None:
                yield free.name, event.name


def _events(event: Event, phase: str) -> tuple[Event, ...]:
    return tuple(replace(one, phase=phase) if one is event else one for one in SPEC.events)


def _edges(edge: Edge, *instead: Edge) -> tuple[Edge, ...]:
    return tuple(one for other in SPEC.edges for one in (instead if other is edge else (other,)))
