"""The ladder of a run: client and server, the states of their connections, and what the server has kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizgen.models.figure import Ladder, Message, Moment
from quizgen.models.http.exchange import Close, Exchange, Group, Happened, Unanswered
from quizgen.models.http.handlers import Store
from quizgen.models.http.message import CLIENT, SERVER
from quizgen.models.http.pipeline import sends
from quizgen.models.values import Term


def show_store(store: Store) -> str:
    """`id=1: alice`; entries of one key are counted: `log: 2 entries`."""
    many = {
        key: count for key, count in Counter(key for key, _ in store).items() if count > 1 or key in ("log", "visit")
    }
    shown = [f"{key}: {value}" for key, value in store if key not in many]
    return "; ".join(shown + [f"{key}: {count} {'entry' if count == 1 else 'entries'}" for key, count in many.items()])


@dataclass
class _Drawing:
    several: bool
    lengths: bool
    ordered: Sequence[Term]
    connections: dict[int, str] = field(default_factory=dict)
    kept: str = ""
    moments: list[Moment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def moment(self, **events: str) -> int:
        words = [f"{on} {word}" if self.several else word for on, word in sorted(self.connections.items())]
        state = ", ".join(words) or "closed"
        self.moments.append(Moment({CLIENT: state, SERVER: f"{state}; {self.kept}" if self.kept else state}, events))
        return len(self.moments) - 1

    def which(self, on: int) -> str:
        return f" {on}" if self.several else ""

    def step(self, step: Happened) -> None:
        if isinstance(step, Close):
            self.close(step.end, step.on, half=step.half)
        elif isinstance(step, Group):
            self.group(step)
        else:
            self.connect(step.ask.on)
            self.request(step)
            if isinstance(step, Exchange):
                self.keep(step)
                self.respond(step)

    def connect(self, on: int) -> None:
        if self.connections.get(on, "closed") == "closed":
            self.connections[on] = "open"
            self.moment(**{CLIENT: "connect" + self.which(on)})

    def close(self, end: str, on: int, *, half: bool = False) -> None:
        staged = self.connections[on] == "half-closed" and end == CLIENT
        self.connections[on] = "half-closed" if half or staged else "closed"
        self.moment(**{end: ("half-close" if half else "close") + self.which(on)})

    def request(self, step: Exchange | Unanswered) -> None:
        sender = "" if step.ask.sender == CLIENT else f"{step.ask.sender}: "
        note = f"{step.why} ({step.cite})" if isinstance(step, Unanswered) else ""
        row = len(self.moments) - 1
        self.messages.append(Message(CLIENT, sender + step.ask.request.line(), row, row + 1, note=note))
        if isinstance(step, Unanswered):
            self.moment()

    def keep(self, step: Exchange) -> None:
        self.kept = show_store(step.store)
        self.moment()

    def respond(self, step: Exchange) -> None:
        row = len(self.moments) - 1
        self.messages.append(Message(SERVER, step.response_line(lengths=self.lengths), row, row + 1))
        self.moment()
        if not step.persists:
            self.close(SERVER, step.ask.on)

    def group(self, group: Group) -> None:
        asks = group.batch.asks
        self.connect(asks[0].on)
        for step in group.steps:
            self.request(step)
            if isinstance(step, Exchange):
                self.keep(step)
        if group.batch.half_close:
            self.close(CLIENT, asks[0].on, half=True)
        self.responses(group)

    def responses(self, group: Group) -> None:
        exchanges = group.exchanges()
        finished = [number for number in group.batch.finished if number <= len(exchanges)]
        version = group.batch.asks[0].request.version
        for number, sent in sends(self.ordered, version, finished or range(1, len(exchanges) + 1)):
            if finished:
                self.moment(**{SERVER: f"response {number} ready"})
            for one in sent:
                self.respond(exchanges[one - 1])


def draw(happened: Sequence[Happened], *, several: bool, lengths: bool, ordered: Sequence[Term]) -> Ladder:
    """The ladder; `several`: connections are told apart by their numbers; `lengths`: responses show what ends their bodies."""
    drawing = _Drawing(several, lengths, ordered)
    drawing.moment()
    for step in happened:
        drawing.step(step)
    return Ladder((CLIENT, SERVER), tuple(drawing.moments), tuple(drawing.messages))
