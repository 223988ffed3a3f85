"""Two endpoints and the wire between them, which does only what it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizgen.models.tcp.endpoint import timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.otherwise import act_otherwise
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.endpoint.tcb import Endpoint, Outcome
from quizgen.models.tcp.segment import Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import Domain

ENDS = Domain(
    "end",
    ("client", "server"),
    aliases={
        "host 1": "client",
        "host1": "client",
        "A": "client",
        "host 2": "server",
        "host2": "server",
        "B": "server",
    },
    labels={"client": {"zh": "客户端"}, "server": {"zh": "服务器"}},
    instead={"en": "That is right for the {other}, not for the {this}.", "zh": "那是{other}的情况，题目问的是{this}。"},
)
"""The two ends of every run. Where neither is client or server they are host 1 and host 2, or the RFC's A and B."""

client, server = ENDS.terms()
PEER = {"client": "server", "server": "client"}
ISSES = {
    end: tuple(Seq(f"{letter}{n}" if n > 1 else letter) for n in range(1, 9))
    for end, letter in zip(PEER, "xy", strict=True)
}

TIMEOUTS: dict[str, Callable[[Endpoint], bool]] = {
    "retransmission": timeouts.retransmission,
    "persist": timeouts.persist,
    "time-wait": timeouts.time_wait,
    "user": timeouts.user,
    "delayed-ack": timeouts.delayed_ack,
}


@dataclass(frozen=True, slots=True)
class Flight:
    """A segment on the wire: the n-th of the run, counted from 1."""

    n: int
    segment: Segment


class Network:
    """The ends and what is on the wire, oldest first. Each method is one event; endpoints answer at once."""

    __slots__ = ("ends", "sent", "wire")

    def __init__(self, rules: Rules = STANDARD, isses: dict[str, Sequence[Seq]] | None = None) -> None:
        self.ends = {name: Endpoint(name, (isses or {}).get(name, ISSES[name]), rules) for name in PEER}
        self.wire: list[Flight] = []
        self.sent = 0

    def branch(self, *changing: str) -> Network:
        """A copy in which the wire and the ends named may change; the other ends are shared."""
        made: Network = object.__new__(Network)
        made.ends = {name: end.clone() if name in changing else end for name, end in self.ends.items()}
        made.wire, made.sent = list(self.wire), self.sent
        return made

    def call(self, name: str, function: Callable[..., Any], *args: Any) -> tuple[Outcome, Any]:
        """Let something happen at an end (a call, a timeout); what came of it, and what the function returned."""
        end = self.ends[name]
        end.out = Outcome()
        answer = function(end, *args)
        if end.rules.instead:
            act_otherwise(end)
        for segment in end.out.segments:
            self.put(segment)
        return end.out, answer

    def put(self, segment: Segment) -> Flight:
        """Put a segment on the wire behind what is there."""
        self.sent += 1
        flight = Flight(self.sent, segment)
        self.wire.append(flight)
        return flight

    def deliver(self, flight: Flight) -> Outcome:
        """Let a segment arrive."""
        self.wire.remove(flight)
        return self.call(PEER[flight.segment.sender], segment_arrives, flight.segment)[0]

    def lose(self, flight: Flight) -> None:
        """Let a segment vanish."""
        self.wire.remove(flight)

    def delay(self, flight: Flight) -> None:
        """Let everything else on the wire overtake a segment."""
        self.wire.remove(flight)
        self.wire.append(flight)

    def duplicate(self, segment: Segment) -> Flight:
        """Put a further copy of a segment on the wire."""
        return self.put(replace(segment))

    def restart(self, name: str) -> None:
        """Let an end crash and come back without memory of its connection (§3.5.1)."""
        if self.ends[name].rules.applies("quiet-crash"):
            self.ends[name].tcb = None
