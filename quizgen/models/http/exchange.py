"""What happens on the connections of a server: requests, responses and closings, as they are asked for and as they went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from quizgen.models.base import Cite, Rfc
from quizgen.models.http.framing import CONNECTION_CLOSE, BodyRule, Head, body_rule
from quizgen.models.http.handlers import Store
from quizgen.models.http.message import (
    CLIENT,
    FRAMED,
    HTTP_1_0,
    HTTP_1_1,
    SERVER,
    Answer,
    Request,
    options,
)
from quizgen.models.http.persistence import PersistenceRule, decide
from quizgen.models.http.spec import Spec
from quizgen.models.values import Term

ANSWERED_IN_1_1 = (HTTP_1_0, HTTP_1_1)
"""Requests that a server of HTTP/1.1 answers in HTTP/1.1: a response shows the sender's version (RFC 9110 §6.2)."""

BY_LENGTH, BY_CHUNKS, BY_CLOSE = LENGTHS = ("Content-Length", "chunked", "by close")
"""How a response can tell its length, where it has a body."""
_LENGTH_FIELDS = {BY_LENGTH: "Content-Length", BY_CHUNKS: "Transfer-Encoding: chunked"}


@dataclass(frozen=True)
class Ask:
    """A request that `sender` sends on connection `on`, and what is settled of its response: its `status`, how its
    `length` is told (one of LENGTHS), and `closing`: it carries `Connection: close`.
    """

    request: Request
    sender: str = CLIENT
    on: int = 1
    closing: bool = False
    length: str = BY_LENGTH
    status: int = 200

    def head(self) -> Head:
        """What of the response's head tells its length."""
        return Head(
            answered_in(self.request.version),
            self.request.method,
            self.status,
            coding="chunked" if self.length == BY_CHUNKS else None,
            length="1" if self.length == BY_LENGTH else None,
        )


@dataclass(frozen=True)
class Batch:
    """Requests that a client sends on one connection without waiting for responses. `finished`: the order in which the
    server comes to the end of them, counted from 1 (empty: that of the requests). `half_close`: the client then closes
    its side for sending.
    """

    asks: tuple[Ask, ...]
    finished: tuple[int, ...] = ()
    half_close: bool = False


@dataclass(frozen=True)
class Close:
    """One end closes connection `on`; `half`: for sending only, and it reads on."""

    end: str
    on: int = 1
    half: bool = False


@dataclass(frozen=True)
class Exchange:
    """A request and its response. `option`: the response's Connection field; `rule`: what decided on `persists`; `body`:
    how the response's end is told; `store`: what the server has kept once it has answered.
    """

    ask: Ask
    understood: Request
    answer: Answer
    option: str
    persists: bool
    rule: PersistenceRule | BodyRule
    body: BodyRule
    store: Store = ()

    def response_line(self, *, lengths: bool = False) -> str:
        """`account of alice`, with the status where it is not 200 and the fields that a response carries; `lengths`: also
        the one that tells where its body ends.
        """
        told = "" if self.body.end.name == "no body" else self.answer.line()
        status = str(self.ask.status) if self.ask.status != 200 or not told else ""
        option = f"Connection: {self.option}" if self.option else ""
        field = _LENGTH_FIELDS.get(self.body.end.name, "") if lengths else ""
        return ", ".join(part for part in (status, told, field, option) if part)


@dataclass(frozen=True)
class Unanswered:
    """A request that arrived when the server did not process requests on the connection any more."""

    ask: Ask
    why: str
    cite: ClassVar[Cite] = Rfc(9112, "9.6")


AFTER_CLOSE = "not processed after close"
AFTER_HALF_CLOSE = "not processed: the server has half-closed"


@dataclass(frozen=True)
class Group:
    """The requests of one batch as they went, in the order of sending."""

    steps: tuple[Exchange | Unanswered, ...]
    batch: Batch

    def exchanges(self) -> tuple[Exchange, ...]:
        """Those that were answered."""
        return tuple(step for step in self.steps if isinstance(step, Exchange))


Happened = Exchange | Unanswered | Group | Close


def flattened(happened: Iterable[Happened]) -> Iterator[Exchange | Unanswered]:
    """The requests, in the order of sending."""
    for step in happened:
        if isinstance(step, Group):
            yield from step.steps
        elif not isinstance(step, Close):
            yield step


def answered_in(version: Term) -> Term:
    """The version of the response to a request of that version."""
    return HTTP_1_1 if version in ANSWERED_IN_1_1 else version


def wants_to_stay(spec: Spec, request: Request) -> PersistenceRule:
    """What the request says of the connection, to a server that honours HTTP/1.0 keep-alive."""
    return decide(spec.rules, request.version, request.connection, delimited=True, consents=True)


def option_of_response(spec: Spec, ask: Ask) -> str:
    """The Connection field of the response of a server that says what it intends (§9.6) and answers keep-alive (C.2.2)."""
    if ask.request.version in FRAMED:
        return ""
    if ask.closing or not wants_to_stay(spec, ask.request).persists:
        return "close"
    honoured = ask.request.version == HTTP_1_0 and "keep-alive" in options(ask.request.connection)
    return "keep-alive" if honoured else ""


def after_exchange(
    spec: Spec, request: Request, response: Head, option: str, *, body_read: bool = True
) -> PersistenceRule | BodyRule:
    """The rule that decides whether the connection stays open after an exchange: the first to say no, of what the
    request says, what the server has read of it, how the response is delimited, and what the response says.
    """
    body = body_rule(spec.bodies, response)
    by_close = body.end == CONNECTION_CLOSE
    told = decide(spec.rules, response.version, option, delimited=not by_close, consents=True)
    asked = wants_to_stay(spec, request)
    # HTTP/2 and HTTP/3: only the stream is given up (RFC 9113 §8.1, RFC 9114 §4.1).
    left = asked if body_read or request.version in FRAMED else spec.unread
    rules = (asked, left, told if by_close else body, told)
    return next((rule for rule in rules if not rule.persists), asked)


def closed_by_server(exchange: Exchange) -> Close:
    """The closing that follows an exchange after which the connection does not persist."""
    return Close(SERVER, exchange.ask.on)


def half_closed(exchange: Exchange, rule: PersistenceRule) -> Exchange:
    """The last exchange of a client that has half-closed."""
    return replace(exchange, persists=rule.persists, rule=rule) if exchange.persists else exchange
