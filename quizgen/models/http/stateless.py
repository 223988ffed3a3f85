"""Statelessness as a property that is checked: is the answer a function of the request alone (RFC 9110 §3.3)?

All histories of requests up to a bound are tried, over an alphabet that holds anonymous requests, logins, cookies,
session ids and credentials, on two connections. The histories come in order of length, so that what is found first
is a shortest counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from quizgen.models.http.exchange import Ask, Run, Spec, answered, understand
from quizgen.models.http.handlers import Handler, Store
from quizgen.models.http.message import Answer, Request

BOUND = 2
"""The longest history that is tried before the request that is asked about."""

LETTERS: tuple[Request, ...] = (
    Request("GET", "/account"),
    Request("GET", "/account", cookie="user=alice"),
    Request("GET", "/account", cookie="id=1"),
    Request("GET", "/account", credentials="alice"),
    Request("POST", "/login", user="alice"),
    Request("POST", "/login", user="bob"),
)

ANY, ONE, EACH = LAYOUTS = ("any", "one", "each")
"""Which connections the requests of a history use: one of two, freely; one and the same; a new one for each,
closed after the response."""


@dataclass(frozen=True)
class Violation:
    """A history after which a request is answered otherwise than on its own."""

    history: tuple[Ask, ...]
    request: Ask
    alone: Answer
    after: Answer
    run: Run


_Memory = tuple[tuple[int, Request], ...]


@dataclass(frozen=True)
class _Situation:
    history: tuple[Ask, ...] = ()
    store: Store = ()
    memory: _Memory = ()


def _asks(layout: str, place: int) -> Iterator[Ask]:
    numbers = {ANY: (1, 2), ONE: (1,), EACH: (place + 1,)}[layout]
    option = "close" if layout == EACH else ""
    return (Ask(replace(request, connection=option), on=number) for request in LETTERS for number in numbers)


def _respond(spec: Spec, handler: Handler, at: _Situation, ask: Ask) -> tuple[Answer, _Situation]:
    last = dict(at.memory)
    understood = understand(spec, last.get(ask.on), ask.request)
    answer, store = handler.respond(understood, ask.on, at.store)
    memory = tuple(sorted({**last, ask.on: understood}.items(), key=lambda pair: pair[0])) if spec.inherited else ()
    return answer, _Situation((*at.history, ask), store, memory)


def situations(spec: Spec, handler: Handler, layout: str, bound: int = BOUND) -> Iterator[_Situation]:
    """What a server can have come to after each history, shortest first; situations that are alike come once."""
    level = [_Situation()]
    seen: set[object] = {(0, (), ())}
    for place in range(bound + 1):
        yield from level
        following = [_respond(spec, handler, at, ask)[1] for at in level for ask in _asks(layout, place)]
        level = []
        for at in following:
            # With a connection for each request, equal stores at different lengths ask about different connections.
            key = (place + 1 if layout == EACH else 0, at.store, at.memory)
            if key not in seen:
                seen.add(key)
                level.append(at)


@cache
def violation(spec: Spec, handler: Handler, layout: str = ANY, bound: int = BOUND) -> Violation | None:
    """A shortest history that changes the answer to some request; None when none up to the bound does."""
    for at in situations(spec, handler, layout, bound):
        for ask in _asks(layout, len(at.history)):
            alone = _respond(spec, handler, _Situation(), ask)[0]
            after = _respond(spec, handler, at, ask)[0]
            if after != alone:
                return Violation(at.history, ask, alone, after, answered(spec, handler, (*at.history, ask)))
    return None


def misunderstood(spec: Spec) -> tuple[Ask, Ask] | None:
    """A pair of requests of which the first changes how the second is understood; None, as HTTP has it."""
    for first in _asks(ONE, 0):
        for then in _asks(ONE, 1):
            if understand(spec, first.request, then.request) != then.request:
                return first, then
    return None
