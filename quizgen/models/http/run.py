"""A run: what happened on the connections of one server, and what claims may ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from quizgen.models.base import Cite, ModelError, Rfc, Text, because, shows, touch
from quizgen.models.figure import Ladder
from quizgen.models.http.drawing import draw
from quizgen.models.http.exchange import (
    Close,
    Exchange,
    Group,
    Happened,
    Unanswered,
    closed_by_server,
    flattened,
)
from quizgen.models.http.handlers import Handler, Store
from quizgen.models.http.pipeline import IN_ORDER, wire_order
from quizgen.models.values import Term


@dataclass(frozen=True)
class Run:
    """What happened, in order. Requests and their exchanges are counted from 1, in the order of sending."""

    published: ClassVar[frozenset[str]] = frozenset({
        "exchanges", "connections", "open_after", "answer", "connection_option", "requests_on", "remembers", "processed",
        "body_end", "arrivals",
    })  # fmt: skip
    kind: ClassVar[str] = "run"
    handler: Handler
    happened: tuple[Happened, ...]
    store: Store
    ordered: Sequence[Term] = IN_ORDER

    @staticmethod
    def numbered(parameter: str, number: int) -> Text | None:
        """For what an answer about another number would be right; None where the parameter numbers nothing."""
        if parameter == "n" and number > 0:
            return {"en": f"for request {number}", "zh": f"第 {number} 个请求"}
        if parameter == "connection" and number > 0:
            return {"en": f"for connection {number}", "zh": f"第 {number} 个连接"}
        return None

    def _exchanges(self) -> list[Exchange]:
        return [step for step in flattened(self.happened) if isinstance(step, Exchange)]

    def _request(self, n: int) -> Exchange | Unanswered:
        found = list(flattened(self.happened))
        if not 1 <= n <= len(found):
            raise ModelError(f"there is no exchange {n}: the run has {len(found)}")
        shows(self)
        return found[n - 1]

    def _exchange(self, n: int) -> Exchange:
        step = self._request(n)
        if isinstance(step, Unanswered):
            raise ModelError(f"request {n} has no response: {step.why}")
        touch(step.rule.id, step.body.id)
        return step

    def _counts(self, reason: str, cite: Cite) -> None:
        for step in flattened(self.happened):
            if isinstance(step, Unanswered):
                touch("rule:no-processing-after-close")
            else:
                touch(step.rule.id, step.body.id)
        shows(self)
        because(reason, cite)

    @property
    def exchanges(self) -> int:
        """How many requests were answered."""
        found = len(self._exchanges())
        self._counts(f"The server answers {found} requests.", Rfc(9112, "9.3"))
        return found

    @property
    def connections(self) -> int:
        """How many connections were used."""
        found = len({step.ask.on for step in flattened(self.happened)})
        self._counts(f"The requests come on {found} connections.", Rfc(9112, "9.3"))
        return found

    def requests_on(self, connection: int) -> int:
        """How many requests were answered on that connection."""
        found = sum(step.ask.on == connection for step in self._exchanges())
        self._counts(f"Connection {connection} carries {found} requests with their responses.", Rfc(9112, "9.3"))
        return found

    def open_after(self, n: int) -> bool:
        """Whether the connection of exchange `n` is open once its response has arrived."""
        step = self._exchange(n)
        because(f"{step.rule.title['en']}.", step.rule.cite)
        return step.persists

    def answer(self, n: int) -> str:
        """The body of response `n`."""
        step = self._exchange(n)
        because(f"The server offers {self.handler.show()}: `{step.understood.line()}` gets `{step.answer.body}`.", self.handler.cite)  # fmt: skip
        return step.answer.body

    def connection_option(self, n: int) -> str:
        """The Connection field of response `n`; "" when it has none."""
        step = self._exchange(n)
        because("Who intends to close the connection says so; keep-alive answers keep-alive.", Rfc(9112, "9.6"))
        return step.option

    def body_end(self, n: int) -> Term:
        """How the end of response `n` is told: its length, chunks, the closing of the connection, or it has no body."""
        step = self._exchange(n)
        because(f"{step.body.title['en']}.", step.body.cite)
        return step.body.end

    def processed(self, n: int) -> bool:
        """Whether the server processed request `n`."""
        step = self._request(n)
        if isinstance(step, Unanswered):
            touch("rule:no-processing-after-close")
            because("A server processes no request that comes after close.", step.cite)
            return False
        because("The connection was open for requests when this one arrived.", Rfc(9112, "9.3"))
        return True

    @property
    def arrivals(self) -> tuple[int, ...]:
        """The numbers of the answered requests in the order in which their responses arrive."""
        for version in {exchange.ask.request.version for exchange in self._exchanges()}:
            touch("rule:responses-in-order" if version in self.ordered else "rule:streams-in-any-order")
        shows(self)
        because("Responses come in the order of the requests, except where streams carry them.", Rfc(9112, "9.3.2"))
        found: list[int] = []
        for step in self.happened:
            found += [len(found) + place for place in _places(step, self.ordered)]
        return tuple(found)

    @property
    def remembers(self) -> bool:
        """Whether the server has kept anything."""
        touch("rule:server-may-keep")
        self._counts("The server has kept something." if self.store else "The server has kept nothing.", Rfc(9110, "3.3"))  # fmt: skip
        return bool(self.store)

    def show(self, lang: str = "en") -> str:
        """The run in one line."""
        return "; ".join(self.lines())

    def lines(self) -> tuple[str, ...]:
        """A line for each request with its response, and for each closing."""
        return tuple(f"{index}. {line}" for index, line in enumerate(self._lines(), start=1))

    def _lines(self) -> Sequence[str]:
        told: list[str] = []
        for step in self.happened:
            if isinstance(step, Close):
                told.append(_closing(step))
                continue
            told += [_asking(one) for one in (step.steps if isinstance(step, Group) else (step,))]
            told += [_closing(closed_by_server(one)) for one in ended_by(step)]
        return told

    def ladder(self) -> Ladder:
        """Client and server; their states are those of the connections, and what the server has kept."""
        asks = [step.ask for step in flattened(self.happened)]
        several = len({ask.on for ask in asks}) > 1
        # What all responses do alike is not worth a place in the figure.
        lengths = len({ask.length for ask in asks}) > 1
        return draw(self.happened, several=several, lengths=lengths, ordered=self.ordered)


def ended_by(step: Happened) -> Sequence[Exchange]:
    """The exchange after which the connection did not persist, if there was one."""
    steps = step.exchanges() if isinstance(step, Group) else (step,)
    return [one for one in steps if isinstance(one, Exchange) and not one.persists]


def _places(step: Happened, ordered: Sequence[Term]) -> Sequence[int]:
    if isinstance(step, Group):
        count = len(step.exchanges())
        finished = [number for number in step.batch.finished if number <= count] or range(1, count + 1)
        return wire_order(ordered, step.batch.asks[0].request.version, finished)
    return (1,) if isinstance(step, Exchange) else ()


def _closing(step: Close) -> str:
    return f"connection {step.on}: the {step.end} {'half-closes' if step.half else 'closes'} it"


def _asking(step: Exchange | Unanswered) -> str:
    asked = f"connection {step.ask.on}: {step.ask.sender}: {step.ask.request.line()}"
    return f"{asked} ({step.why})" if isinstance(step, Unanswered) else f"{asked} -> {step.response_line()}"
