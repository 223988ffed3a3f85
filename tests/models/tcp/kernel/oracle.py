"""What an end did about one event, and who can say so: the model, the live kernel, or a recording of the kernel."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.calls import abort, close, open_active, open_passive, send
from quizgen.models.tcp.endpoint.tcb import ZERO, Endpoint, Outcome
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.scenario import payload
from quizgen.models.tcp.segment import SYN, Segment
from tests.models.tcp.kernel.lab import LiveConnection

ERRNOS = {0: "", errno.ECONNREFUSED: "connection refused", errno.ECONNRESET: "connection reset", errno.EPIPE: "EPIPE"}
_TICKS = 0.05
"""Seconds in which two ticks of the kernel's clock are over for certain, also on a busy machine."""
_CALLS = {"OPEN passive": open_passive, "OPEN active": open_active, "CLOSE": close, "ABORT": abort}


@dataclass(frozen=True)
class Reply:
    """Both ends' states after an event, the segments sent because of it, the octets that the end's user got, and the
    error that this user learned of.
    """

    states: Mapping[str, str]
    segments: tuple[Segment, ...]
    delivered: bytes
    error: str


class Oracle(Protocol):
    """One connection at which something happens."""

    def call(self, end: str, call: str, octets: int) -> Reply:
        """An end's user calls OPEN passive, OPEN active, SEND, CLOSE or ABORT."""

    def arrive(self, segment: Segment) -> Reply:
        """A segment arrives at the peer of its sender."""


class Stream:
    """What each end's user sends: each octet tells its place."""

    def __init__(self) -> None:
        self._sent = dict.fromkeys(PEER, 0)

    def next(self, end: str, octets: int) -> bytes:
        self._sent[end] += octets
        return payload(self._sent[end] - octets, octets)


class Model:
    """The model's two endpoints, without a wire. Where it takes a new ISS, it takes the kernel's (`choose_isses`)."""

    def __init__(self) -> None:
        self.ends = {name: Endpoint(name, (ZERO,)) for name in PEER}
        self._stream = Stream()

    def states(self) -> dict[str, str]:
        return {name: end.state.name for name, end in self.ends.items()}

    def choose_isses(self, segments: tuple[Segment, ...]) -> None:
        """Let the next connection of an end begin with the number of the SYN that the kernel sent."""
        for segment in segments:
            if SYN in segment.flags:
                end = self.ends[segment.sender]
                end.isses = (*(*end.isses, *[ZERO] * end.opened)[: end.opened], segment.seq)

    def call(self, end: str, call: str, octets: int) -> Reply:
        one = self.ends[end]
        one.out = Outcome()
        if call == "SEND":
            send(one, self._stream.next(end, octets))
        else:
            _CALLS[call](one)
        return self._reply(end)

    def arrive(self, segment: Segment) -> Reply:
        end = PEER[segment.sender]
        self.ends[end].out = Outcome()
        segment_arrives(self.ends[end], segment)
        return self._reply(end)

    def _reply(self, end: str) -> Reply:
        out = self.ends[end].out
        errors = [one.name for one in out.signals if one.name in ("connection reset", "connection refused")]
        return Reply(self.states(), tuple(out.segments), out.delivered, *(errors or [""]))

    def listen_again(self, end: str) -> None:
        """A listening socket of Linux outlives its connections; RFC 9293's passive OPEN is for one."""
        if self.ends[end].tcb is None:
            open_passive(self.ends[end])


class Live:
    """The live kernel."""

    def __init__(self, connection: LiveConnection) -> None:
        self.connection, self._stream = connection, Stream()

    def call(self, end: str, call: str, octets: int) -> Reply:
        one = self.connection.ends[end]
        if call == "SEND":
            one.send(self._stream.next(end, octets))
        else:
            calls = {"OPEN passive": one.open_passive, "OPEN active": one.open_active, "CLOSE": one.close}
            calls.get(call, one.abort)()
        return self._reply(end)

    def arrive(self, segment: Segment) -> Reply:
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
