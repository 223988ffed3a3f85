"""Statelessness as a property that is checked: is the answer a function of the request alone (RFC 9110 §3.3)?

All histories of requests up to a bound are tried, over an alphabet that holds anonymous requests, logins, cookies,
session ids and credentials, on two connections. The histories come in order of length, so that what is found first
is a shortest counterexample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from quizgen.models.http.exchange import Ask
from quizgen.models.http.handlers import Handler, Store
from quizgen.models.http.message import Answer, Request
from quizgen.models.http.run import Run
from quizgen.models.http.server import answered, understand
from quizgen.models.http.spec import Spec
from quizgen.models.values import Term

BOUND = 3
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


@cache
def _asks(layout: str, place: int) -> tuple[Ask, ...]:
    numbers = {ANY: (1, 2), ONE: (1,), EACH: (place + 1,)}[layout]
    option = "close" if layout == EACH else ""
    return tuple(Ask(replace(request, connection=option), on=number) for request in LETTERS for number in numbers)


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


@dataclass(frozen=True)
class Search:
    """What going through the histories found. `situations`: how many different ones the server came to; `longest`: the
    length of the longest history that led to one. `complete`: longer histories lead to no further situation, so that
    what was found holds for histories of any length.
    """

    violation: Violation | None
    situations: int
    longest: int
    complete: bool


@cache
def search(spec: Spec, handler: Handler, layout: str = ANY, bound: int = BOUND) -> Search:
    """Try every history up to the bound, until one changes the answer to some request; the first is a shortest one."""
    alone: list[Answer] = []
    count, longest = 0, -1
    for at in situations(spec, handler, layout, bound):
        if len(at.history) > longest:
            longest = len(at.history)
            alone = [_respond(spec, handler, _Situation(), ask)[0] for ask in _asks(layout, longest)]
        count += 1
        for ask, by_itself in zip(_asks(layout, longest), alone, strict=True):
            after = _respond(spec, handler, at, ask)[0]
            if after != by_itself:
                run = answered(spec, handler, (*at.history, ask))
                return Search(Violation(at.history, ask, by_itself, after, run), count, longest, complete=False)
    # With a connection for each request no situation comes back, so that the search never ends by itself.
    return Search(None, count, longest, complete=longest < bound and layout != EACH)


def violation(spec: Spec, handler: Handler, layout: str = ANY, bound: int = BOUND) -> Violation | None:
    """A shortest history that changes the answer to some request; None when none up to the bound does."""
    return search(spec, handler, layout, bound).violation


def misunderstood(spec: Spec, version: Term) -> tuple[Ask, Ask] | None:
    """A pair of requests of which the first changes how the second is understood; None, as HTTP has it."""
    for first in _asks(ONE, 0):
        for then in _asks(ONE, 1):
            pair = [replace(ask, request=replace(ask.request, version=version)) for ask in (first, then)]
            if understand(spec, pair[0].request, pair[1].request) != pair[1].request:
                return pair[0], pair[1]
    return None
