"""What an end did about one event, and who can say so: the model, the live kernel, or a recording of the kernel.

Events at an end: a call of its user (OPEN passive, OPEN active, SEND, RECEIVE, CLOSE, ABORT), `retransmission timeout` and
the like, `restart`.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from quizgen.kernel.lab import LiveConnection
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.calls import abort, close, open_active, open_passive, receive, send
from quizgen.models.tcp.endpoint.tcb import BUFFER, ZERO, Endpoint, Outcome
from quizgen.models.tcp.network import PEER, TIMEOUTS
from quizgen.models.tcp.scenario import payload
from quizgen.models.tcp.segment import SYN, Segment

ERRNOS = {0: "", errno.ECONNREFUSED: "connection refused", errno.ECONNRESET: "connection reset", errno.EPIPE: "EPIPE"}
PATIENCE = 10.0
"""Seconds within which Linux sends what a timer of its own is to send."""
_TICKS = 0.05
"""Seconds in which two ticks of the kernel's clock are over for certain, also on a busy machine."""
_ERRORS = ("connection reset", "connection refused", "connection closing")
TIMEOUT_EVENTS: Mapping[str, Callable[[Endpoint], object]] = {
    f"{name} timeout": done for name, done in TIMEOUTS.items()
}
_CALLS: Mapping[str, Callable[[Endpoint], object]] = {
    "OPEN passive": open_passive, "OPEN active": open_active, "CLOSE": close, "ABORT": abort, **TIMEOUT_EVENTS,
}  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """Both ends' states after an event, the segments sent because of it, the octets that the end's user got, and the
    error that this user learned of.
    """

    states: Mapping[str, str]
    segments: tuple[Segment, ...]
    delivered: bytes
    error: str
    meanwhile: tuple[Segment, ...] = ()
    """What timers of the other end sent while one was waited for; it is lost."""
    waited: float = 0.0
    """Seconds until that timer expired."""


class Oracle(Protocol):
    """One connection at which something happens."""

    def happen(self, end: str, event: str, octets: int) -> Reply:
        """An event at an end; `octets` are those of SEND and RECEIVE."""

    def arrive(self, segment: Segment) -> Reply:
        """A segment arrives at the peer of its sender."""


class Stream:
    """What each end's user sends: each octet tells its place."""

    def __init__(self) -> None:
        self._sent = dict.fromkeys(PEER, 0)

    def next(self, end: str, octets: int) -> bytes:
        """The next octets of an end."""
        self._sent[end] += octets
        return payload(self._sent[end] - octets, octets)


class Model:
    """The model's two endpoints, without a wire. Where it takes a new ISS, it takes the kernel's (`choose_isses`)."""

    def __init__(self) -> None:
        self.ends = {name: Endpoint(name, (ZERO,)) for name in PEER}
        self._stream = Stream()

    def states(self) -> dict[str, str]:
        """The states of both ends."""
        return {name: end.state.name for name, end in self.ends.items()}

    def choose_isses(self, segments: tuple[Segment, ...]) -> None:
        """Let the next connection of an end begin with the number of the SYN that the kernel sent."""
        for segment in segments:
            if SYN in segment.flags:
                end = self.ends[segment.sender]
                end.isses = (*(*end.isses, *[ZERO] * end.opened)[: end.opened], segment.seq)

    def happen(self, end: str, event: str, octets: int) -> Reply:
        """See Oracle."""
        one = self.ends[end]
        one.out = Outcome()
        if event == "SEND":
            send(one, self._stream.next(end, octets))
        elif event == "RECEIVE":
            receive(one, octets or BUFFER)
        elif event == "restart":
            one.tcb = None
        else:
            _CALLS[event](one)
        return self._reply(end)

    def arrive(self, segment: Segment) -> Reply:
        """See Oracle."""
        end = PEER[segment.sender]
        self.ends[end].out = Outcome()
        segment_arrives(self.ends[end], segment)
        return self._reply(end)

    def _reply(self, end: str) -> Reply:
        out = self.ends[end].out
        error = next((one.name for one in out.signals if one.name in _ERRORS), "")
        return Reply(self.states(), tuple(out.segments), out.delivered, error)


class Live:
    """The live kernel. For what a timer of its own sends we wait."""

    def __init__(self, connection: LiveConnection) -> None:
        self.connection, self._stream = connection, Stream()

    def happen(self, end: str, event: str, octets: int) -> Reply:
        """See Oracle."""
        if event in TIMEOUT_EVENTS:
            return self._expire(end)
        try:
            self._call(end, event, octets)
        except (BrokenPipeError, EOFError):
            return replace(self._reply(end), error="connection closing")
        return self._reply(end)

    def _call(self, end: str, event: str, octets: int) -> None:
        one = self.connection.ends[end]
        if event == "SEND":
            one.send(self._stream.next(end, octets))
        elif event == "RECEIVE":
            one.receive(octets or BUFFER)
        elif event == "restart":
            self.connection.restart(end)
        else:
            calls = {"OPEN passive": one.open_passive, "OPEN active": one.open_active, "CLOSE": one.close}
            calls.get(event, one.abort)()

    def _expire(self, end: str) -> Reply:
        """Wait until this end sends something, and a little more for timers that were set with that one."""
        found: list[Segment] = []
        begun = time.monotonic()
        deadline = begun + PATIENCE
        while not any(one.sender == end for one in found) and (left := deadline - time.monotonic()) > 0:
            found += self.connection.wait(left)
        waited = time.monotonic() - begun
        time.sleep(_TICKS)
        reply = self._reply(end)
        found += reply.segments
        its, others = ([one for one in found if (one.sender == end) is own] for own in (True, False))
        return replace(reply, segments=tuple(its), meanwhile=tuple(others), waited=waited)

    def arrive(self, segment: Segment) -> Reply:
        """See Oracle."""
        end = PEER[segment.sender]
        self.connection.arrive(segment)
        reply = self._reply(end)
        if reply.states[end] == "SYN-SENT" and segment.ack is not None:
            # An end that got a wrong ACK repeats its SYN two ticks of the clock later.
            reply = replace(reply, segments=(*reply.segments, *self.connection.wait(_TICKS)))
        return reply

    def _reply(self, end: str) -> Reply:
        one = self.connection.ends[end]
        sent = tuple(self.connection.sent())
        delivered, one.delivered = one.delivered, b""
        error, one.error = ERRNOS[one.error], 0
        return Reply(self.connection.states(), sent, delivered, error)
