"""A navigation as a partial order of events.

The client connects to the origin itself: no proxy, no service worker, no TLS early data, False Start or TCP Fast Open. It
opens nothing and fetches nothing before there is need of it, other than to look ahead in what has arrived. What it has
done ahead of time shows as a variant: a cached address, a connection that is already open. The page names its style sheet
in the head and its image in the body, neither in a header field (no preload, no early hints).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import ClassVar

from quizgen.models.base import ModelError, because, touch
from quizgen.models.navigation.edges import EDGES, Edge
from quizgen.models.navigation.events import EVENTS, TABLE, Event
from quizgen.models.navigation.variant import Variant
from quizgen.models.partial_order import PartialOrder
from quizgen.models.values import Term


@dataclass(frozen=True, eq=False)
class Spec:
    """What the standards say, as data: which events there are, and which must come before which. `ignored` are the
    circumstances that make no difference: none.
    """

    edges: tuple[Edge, ...] = EDGES
    events: tuple[Event, ...] = TABLE
    ignored: frozenset[str] = frozenset()


SPEC = Spec()


@dataclass(frozen=True)
class Navigation(PartialOrder):
    """The events of one navigation, or some of them, and their order. `edges` are the rows that it was made from."""

    published: ClassVar[frozenset[str]] = PartialOrder.published | {"happens", "either_first", "steps"}
    kind: ClassVar[str] = "order of navigation events"
    edges: tuple[Edge, ...] = ()

    def happens(self, event: Term) -> bool:
        """Whether the event is part of this navigation."""
        touch(f"event:{_event(event)}")
        if event not in self.terms:
            shown = event.show()
            because(f"{shown[:1].upper()}{shown[1:]}: that is no part of this navigation.")
        return event in self.terms

    def precedes(self, first: Term, then: Term) -> bool:
        """Whether `first` comes before `then` whenever this navigation succeeds; False where one does not happen."""
        if not all([self.happens(first), self.happens(then)]):
            return False
        chain = self._follow(first, then)
        if not chain:
            because(f"Nothing requires {first} before {then}; an order without it: {self._otherwise(first, then)}.")
        return bool(chain)

    def _follow(self, first: Term, then: Term) -> Sequence[Edge]:
        """The chain of rows from the one to the other, recorded as what the answer rests on."""
        chain = self._chain(first.name, then.name)
        for edge in chain:
            touch(edge.id)
            because(f"{edge.first} before {edge.then}: {edge.reason}", edge.cite)
        return chain

    def either_first(self, one: Term, other: Term) -> bool:
        """Whether both events happen and neither has to come before the other."""
        both = self.happens(one) and self.happens(other) and one != other
        return both and not self.precedes(one, other) and not self.precedes(other, one)

    def steps(self, *events: Term) -> Navigation:
        """The order of these events alone. Raises ModelError for an event that does not happen."""
        for event in events:
            if not self.happens(event):
                raise ModelError(f"{event} is no part of this navigation")
        kept = self.only(events)
        for one, other in combinations(kept.terms, 2):
            if not self._follow(one, other):
                self._follow(other, one)
        return Navigation(kept.terms, kept.before, self.edges)

    def admits(self, sequence: Sequence[Term]) -> bool:
        """Whether these events may happen in this order."""
        for event in sequence:
            touch(f"event:{_event(event)}")
        for first, then in combinations(sequence, 2):
            self._follow(first, then)
            self._follow(then, first)
        return super().admits(sequence)

    def count(self) -> int:
        """The number of admitted orders."""
        names = {event.name for event in self.terms}
        touch(*(f"event:{name}" for name in names))
        touch(*(edge.id for edge in self.edges if {edge.first, edge.then} <= names))
        return super().count()

    def _chain(self, first: str, then: str) -> Sequence[Edge]:
        """A shortest chain of rows that leads from the one to the other; empty when there is none."""
        ways: list[tuple[str, tuple[Edge, ...]]] = [(first, ())]
        seen = {first}
        for at, way in ways:
            for edge in self.edges:
                if edge.first == at and edge.then not in seen:
                    if edge.then == then:
                        return (*way, edge)
                    seen.add(edge.then)
                    ways.append((edge.then, (*way, edge)))
        return ()

    def _otherwise(self, first: Term, then: Term) -> str:
        """What comes before `then`, up to it, and then `first`: the end of an order that is admitted."""
        needed = [event for event in self.terms if (event, then) in self._closure]
        # Whatever comes before another event has fewer of them before itself.
        in_order = sorted(needed, key=lambda event: sum((other, event) in self._closure for other in needed))
        return " → ".join(map(str, [*in_order[-2:], then, first]))


@cache
def navigate(spec: Spec, variant: Variant) -> Navigation:
    """The partial order of a navigation under these circumstances."""
    phases = variant.phases()
    terms = {event.name: Term(EVENTS, event.name) for event in spec.events if event.phase in phases}
    edges = tuple(
        edge
        for edge in spec.edges
        if edge.first in terms and edge.then in terms and (not edge.phases or phases.intersection(edge.phases))
    )
    before = frozenset((terms[edge.first], terms[edge.then]) for edge in edges)
    return Navigation(tuple(terms.values()), before, edges)


def _event(event: object) -> str:
    if not isinstance(event, Term) or event.domain is not EVENTS:
        raise ModelError(f"`{event}` is no event of a navigation")
    return event.name
