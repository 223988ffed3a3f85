"""A server on several connections: which requests it processes, what it answers, and which connections stay open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from quizgen.models.base import ScenarioError
from quizgen.models.http.exchange import (
    AFTER_CLOSE,
    AFTER_HALF_CLOSE,
    Ask,
    Batch,
    Close,
    Exchange,
    Group,
    Happened,
    Unanswered,
    after_exchange,
    half_closed,
    option_of_response,
)
from quizgen.models.http.framing import body_rule
from quizgen.models.http.handlers import Handler, Store
from quizgen.models.http.message import CLIENT, FRAMED, Request
from quizgen.models.http.run import Run
from quizgen.models.http.spec import Spec, may_be_parallel

OPEN, HALF, CLOSED = "open", "half-closed", "closed"


def understand(spec: Spec, previous: Request | None, request: Request) -> Request:
    """The request as the server takes it. By the standard nothing comes from the one before it."""
    if previous is None or not spec.inherited:
        return request
    missing = [name for name in spec.inherited if not getattr(request, name)]
    return replace(request, **{name: getattr(previous, name) for name in missing})


@dataclass
class Server:
    """A server of one handler. `answer` takes the exchanges one after the other; the rest is what it has kept."""

    spec: Spec
    handler: Handler
    store: Store = ()
    last: dict[int, Request] = field(default_factory=dict)
    state: dict[int, str] = field(default_factory=dict)

    def answer(self, ask: Ask) -> Exchange:
        """One request and its response; the connection is opened when it is new."""
        understood = understand(self.spec, self.last.get(ask.on), ask.request)
        answer, kept = self.handler.respond(understood, ask.on, self.store)
        self.store = kept if self.spec.applies("rule:server-may-keep") else ()
        self.last[ask.on] = understood
        option = option_of_response(self.spec, ask)
        rule = after_exchange(self.spec, ask.request, ask.head(), option)
        self.state[ask.on] = OPEN if rule.persists else CLOSED
        body = body_rule(self.spec.bodies, ask.head())
        return Exchange(ask, understood, answer, option, rule.persists, rule, body, self.store)

    def take(self, ask: Ask) -> Exchange | Unanswered:
        """A request as it arrives: it is processed unless the server has closed, wholly or for sending."""
        if self.state.get(ask.on, OPEN) == OPEN or not self.spec.applies("rule:no-processing-after-close"):
            return self.answer(ask)
        return Unanswered(ask, AFTER_HALF_CLOSE if self.state[ask.on] == HALF else AFTER_CLOSE)

    def batch(self, batch: Batch) -> Group:
        """Requests that were sent without waiting: they are processed in their order until the connection is to end."""
        if batch.half_close and not self.spec.applies("rule:half-close-is-no-end"):
            return Group(tuple(Unanswered(ask, AFTER_CLOSE) for ask in batch.asks), batch)
        steps = [self.take(ask) for ask in batch.asks]
        last = max((n for n, step in enumerate(steps) if isinstance(step, Exchange)), default=None)
        if batch.half_close and last is not None:
            exchange = steps[last]
            assert isinstance(exchange, Exchange)
            steps[last] = ended = half_closed(exchange, self.spec.half_closed)
            self.state[ended.ask.on] = OPEN if ended.persists else CLOSED
        return Group(tuple(steps), batch)

    def close(self, close: Close) -> None:
        """An end closes a connection. One that the server has half-closed ends when the server closes it."""
        if close.half:
            self.state[close.on] = HALF
        elif not (self.state[close.on] == HALF and close.end == CLIENT):
            self.state[close.on] = CLOSED


def answered(spec: Spec, handler: Handler, asks: Sequence[Ask]) -> Run:
    """The run of these requests; one on a connection that was closed opens it anew."""
    server = Server(spec, handler)
    return Run(handler, tuple(server.answer(ask) for ask in asks), server.store, spec.ordered)


def play(spec: Spec, handler: Handler, steps: Sequence[Ask | Batch | Close]) -> Run:
    """Run the steps. Raises ScenarioError for one that cannot happen, such as a request on a connection that is gone."""
    server = Server(spec, handler)
    happened: list[Happened] = []
    for index, step in enumerate(steps):
        _check(server, index, step)
        if isinstance(step, Close):
            server.close(step)
            happened.append(step)
        else:
            happened.append(server.batch(step) if isinstance(step, Batch) else server.take(step))
    return Run(handler, tuple(happened), server.store, spec.ordered)


def _check(server: Server, index: int, step: Ask | Batch | Close) -> None:
    on = step.asks[0].on if isinstance(step, Batch) else step.on
    state = server.state.get(on)
    if state == CLOSED:
        free = max(server.state) + 1
        raise ScenarioError(index, f"connection {on} is closed; open another one with `on: {free}`")
    if isinstance(step, Close) and state is None:
        raise ScenarioError(index, f"connection {on} was never opened")
    if isinstance(step, Close) and step.half and state == HALF:
        raise ScenarioError(index, f"connection {on} is half-closed already")
    if isinstance(step, Batch) and step.finished:
        _check_finished(server, index, step)


def _check_finished(server: Server, index: int, batch: Batch) -> None:
    if sorted(batch.finished) != list(range(1, len(batch.asks) + 1)):
        raise ScenarioError(index, f"`finished` names each of the {len(batch.asks)} requests once, as in [2, 1]")
    names = [ask.request.method for ask in batch.asks]
    in_order = list(batch.finished) == sorted(batch.finished)
    if batch.asks[0].request.version in FRAMED or in_order or may_be_parallel(server.spec, names):
        return
    raise ScenarioError(index, "a server may only process pipelined requests in parallel if all have safe methods")
