"""Requests and responses on connections: what runs of scenarios, and the traces that answers are read off, are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from quizgen.models.base import ModelError, ScenarioError
from quizgen.models.figure import Ladder, Message, Moment
from quizgen.models.http.handlers import Handler, Store
from quizgen.models.http.message import (
    CLIENT,
    HTTP_1_0,
    HTTP_1_1,
    HTTP_2,
    HTTP_3,
    SERVER,
    Answer,
    Request,
    options,
)
from quizgen.models.http.persistence import RULES, PersistenceRule, decide

ANSWERED_IN_1_1 = (HTTP_1_0, HTTP_1_1)
"""Requests that a server of HTTP/1.1 answers in HTTP/1.1: a response shows the sender's version (RFC 9110 §6.2)."""


@dataclass(frozen=True, eq=False)
class Spec:
    """What the standards say, as data. `inherited` are the parts of a request that the next one on its connection takes
    over when it does not carry them: none, and that is what makes HTTP stateless (RFC 9110 §3.3).
    """

    rules: tuple[PersistenceRule, ...] = RULES
    inherited: tuple[str, ...] = ()


SPEC = Spec()


@dataclass(frozen=True)
class Ask:
    """A request that `sender` sends on connection `on`. `closing`: the response carries `Connection: close`.
    `delimited`: the response's length is told by Content-Length or chunks, not by the end of the connection.
    """

    request: Request
    sender: str = CLIENT
    on: int = 1
    closing: bool = False
    delimited: bool = True


@dataclass(frozen=True)
class Close:
    """One end closes connection `on`."""

    end: str
    on: int = 1


@dataclass(frozen=True)
class Exchange:
    """A request and its response. `option`: the response's Connection field; `rule`: what decided on `persists`."""

    ask: Ask
    understood: Request
    answer: Answer
    option: str
    persists: bool
    rule: PersistenceRule


@dataclass(frozen=True)
class Run:
    """What happened on the connections of one server, in order. Exchanges and responses are counted from 1."""

    published: ClassVar[frozenset[str]] = frozenset(
        {"exchanges", "connections", "open_after", "answer", "connection_option", "requests_on", "remembers"}
    )
    kind: ClassVar[str] = "run"
    handler: Handler
    happened: tuple[Exchange | Close, ...]
    store: Store

    def _exchanges(self) -> list[Exchange]:
        return [step for step in self.happened if isinstance(step, Exchange)]

    def _exchange(self, n: int) -> Exchange:
        found = self._exchanges()
        if not 1 <= n <= len(found):
            raise ModelError(f"there is no exchange {n}: the run has {len(found)}")
        return found[n - 1]

    @property
    def exchanges(self) -> int:
        """How many requests were answered."""
        return len(self._exchanges())

    @property
    def connections(self) -> int:
        """How many connections were used."""
        return len({step.ask.on for step in self._exchanges()})

    def requests_on(self, connection: int) -> int:
        """How many requests were answered on that connection."""
        return sum(step.ask.on == connection for step in self._exchanges())

    def open_after(self, n: int) -> bool:
        """Whether the connection of exchange `n` is open once its response has arrived."""
        return self._exchange(n).persists

    def answer(self, n: int) -> str:
        """The body of response `n`."""
        return self._exchange(n).answer.body

    def connection_option(self, n: int) -> str:
        """The Connection field of response `n`; "" when it has none."""
        return self._exchange(n).option

    @property
    def remembers(self) -> bool:
        """Whether the server has kept anything."""
        return bool(self.store)

    def show(self, lang: str = "en") -> str:
        """The run in one line."""
        return "; ".join(self.lines())

    def lines(self) -> tuple[str, ...]:
        """A line for each exchange and each closing."""
        return tuple(_line(step, index) for index, step in enumerate(self._told(), start=1))

    def _told(self) -> tuple[Exchange | Close, ...]:
        told: list[Exchange | Close] = []
        for step in self.happened:
            told.append(step)
            if isinstance(step, Exchange) and not step.persists:
                told.append(Close(SERVER, step.ask.on))
        return tuple(told)

    def ladder(self) -> Ladder:
        """Client and server; their states are those of the connections opened so far."""
        return _Drawing(sum(1 for _ in {step.ask.on for step in self._exchanges()}) > 1).draw(self._told())


def _line(step: Exchange | Close, index: int) -> str:
    if isinstance(step, Close):
        return f"{index}. connection {step.on}: the {step.end} closes it"
    option = f", Connection: {step.option}" if step.option else ""
    return f"{index}. connection {step.ask.on}: {step.ask.sender}: {step.ask.request.line()} -> {step.answer.line()}{option}"


@dataclass
class _Drawing:
    several: bool
    open: dict[int, bool] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def moment(self, **events: str) -> None:
        words = {number: "open" if is_open else "closed" for number, is_open in sorted(self.open.items())}
        state = ", ".join(f"{number} {word}" if self.several else word for number, word in words.items()) or "closed"
        self.moments.append(Moment({CLIENT: state, SERVER: state}, events))

    def draw(self, steps: Sequence[Exchange | Close]) -> Ladder:
        self.moment()
        for step in steps:
            if isinstance(step, Close):
                self.open[step.on] = False
                self.moment(**{step.end: "close" + self.which(step.on)})
            else:
                self.exchange(step)
        return Ladder((CLIENT, SERVER), tuple(self.moments), tuple(self.messages))

    def which(self, on: int) -> str:
        return f" {on}" if self.several else ""

    def exchange(self, step: Exchange) -> None:
        if not self.open.get(step.ask.on):
            self.open[step.ask.on] = True
            self.moment(**{CLIENT: "connect" + self.which(step.ask.on)})
        sent = len(self.moments) - 1
        sender = "" if step.ask.sender == CLIENT else f"{step.ask.sender}: "
        option = f", Connection: {step.option}" if step.option else ""
        self.messages.append(Message(CLIENT, sender + step.ask.request.line(), sent, sent + 1))
        self.messages.append(Message(SERVER, step.answer.line() + option, sent + 1, sent + 2))
        self.moment()
        self.moment()


@dataclass
class Server:
    """A server of one handler. `answer` takes the exchanges one after the other; the rest is what it has kept."""

    spec: Spec
    handler: Handler
    store: Store = ()
    last: dict[int, Request] = field(default_factory=dict)
    is_open: dict[int, bool] = field(default_factory=dict)

    def answer(self, ask: Ask) -> Exchange:
        """One request and its response; the connection is opened when it is new."""
        understood = understand(self.spec, self.last.get(ask.on), ask.request)
        answer, self.store = self.handler.respond(understood, ask.on, self.store)
        self.last[ask.on] = understood
        option, persists, rule = _connection_after(self.spec, ask)
        self.is_open[ask.on] = persists
        return Exchange(ask, understood, answer, option, persists, rule)


def understand(spec: Spec, previous: Request | None, request: Request) -> Request:
    """The request as the server takes it. By the standard nothing comes from the one before it."""
    missing = [name for name in spec.inherited if previous is not None and not getattr(request, name)]
    return replace(request, **{name: getattr(previous, name) for name in missing})


def _connection_after(spec: Spec, ask: Ask) -> tuple[str, bool, PersistenceRule]:
    """The response's Connection field, whether the connection persists, and the rule that decided."""
    version, given = ask.request.version, ask.request.connection
    asked = decide(spec.rules, version, given, delimited=True, consents=True)
    wants = asked.persists and not ask.closing
    field_known = version not in (HTTP_2, HTTP_3)
    keeps = wants and version == HTTP_1_0 and "keep-alive" in options(given)
    # Who intends to close says so (§9.6); an HTTP/1.0 client learns from keep-alive that it was honoured (C.2.2).
    option = ("" if wants else "close") or ("keep-alive" if keeps else "")
    option = option if field_known else ""
    answered = HTTP_1_1 if version in ANSWERED_IN_1_1 else version
    told = decide(spec.rules, answered, option, delimited=ask.delimited, consents=True)
    deciding = next((rule for rule in (asked, told) if not rule.persists), asked)
    return option, deciding.persists, deciding


def answered(spec: Spec, handler: Handler, asks: Sequence[Ask]) -> Run:
    """The run of these requests; one on a connection that was closed opens it anew."""
    server = Server(spec, handler)
    return Run(handler, tuple(server.answer(ask) for ask in asks), server.store)


def play(spec: Spec, handler: Handler, steps: Sequence[Ask | Close]) -> Run:
    """Run the steps. A connection that the server closed is gone: raises ScenarioError for a request on it."""
    server = Server(spec, handler)
    happened: list[Exchange | Close] = []
    for index, step in enumerate(steps):
        if server.is_open.get(step.on) is False:
            number = max(server.is_open) + 1
            raise ScenarioError(index, f"connection {step.on} is closed; open another one with `on: {number}`")
        if isinstance(step, Ask):
            happened.append(server.answer(step))
        elif step.on not in server.is_open:
            raise ScenarioError(index, f"connection {step.on} was never opened")
        else:
            server.is_open[step.on] = False
            happened.append(step)
    return Run(handler, tuple(happened), server.store)
