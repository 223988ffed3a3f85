"""Endpoints brought to each state, for tests of one of them: what arrives, and what it sent."""

from collections.abc import Callable
from typing import Any

from quizgen.models.tcp.endpoint import calls
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Outcome, Policy
from quizgen.models.tcp.options import Mss
from quizgen.models.tcp.segment import ACK, FLAGS, MSS, SYN, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import TABLE
from quizgen.models.values import TermSet

ISS = Seq("", 1000)
MOVES = {(row.state, row.event, row.next): row.id for row in TABLE}


def rcv(
    kinds: str, seq: int = 5001, ack: int | None = None, data: int = 0, window: int = BUFFER
) -> Callable[[Endpoint], None]:
    """A segment that arrives; without ACK among its flags it has none."""
    names = TermSet(FLAGS).read(kinds)
    number = None if ACK not in names else Seq("", 1001 if ack is None else ack)
    options = (Mss(MSS),) if SYN in names else ()
    return lambda end: segment_arrives(end, Segment(Seq("", seq), number, names, bytes(data), window, "peer", options))


SYN_IN = rcv("SYN", 5000)
HANDSHAKE = (calls.open_passive, SYN_IN, rcv("ACK"))
REACH: dict[str, tuple[Callable[[Endpoint], Any], ...]] = {
    "CLOSED": (),
    "LISTEN": (calls.open_passive,),
    "SYN-SENT": (calls.open_active,),
    "SYN-RECEIVED": (calls.open_passive, SYN_IN),
    "ESTABLISHED": HANDSHAKE,
    "FIN-WAIT-1": (*HANDSHAKE, calls.close),
    "FIN-WAIT-2": (*HANDSHAKE, calls.close, rcv("ACK", ack=1002)),
    "CLOSE-WAIT": (*HANDSHAKE, rcv("FIN,ACK")),
    "CLOSING": (*HANDSHAKE, calls.close, rcv("FIN,ACK")),
    "LAST-ACK": (*HANDSHAKE, rcv("FIN,ACK"), calls.close),
    "TIME-WAIT": (*HANDSHAKE, calls.close, rcv("FIN,ACK", ack=1002)),
}


def endpoint(state: str, **policy: bool) -> Endpoint:
    """An endpoint that has come to that state; its ISS is 1000 and the peer's 5000."""
    end = Endpoint("end", (ISS,), policy=Policy(**policy))
    for step in REACH[state]:
        step(end)
    end.out = Outcome()
    assert end.state.name == state
    return end


def after(end: Endpoint, *steps: Callable[[Endpoint], Any]) -> Endpoint:
    """The endpoint after these steps; whatever states it went through, a row of the table leads from one to the next."""
    end.out = Outcome()
    for step in steps:
        step(end)
    assert {MOVES[move] for move in end.out.moves} <= end.out.elements
    return end


def sent(end: Endpoint) -> list[str]:
    """The segments that the last steps made it send."""
    return [segment.show() for segment in end.out.segments]


def crossed() -> Endpoint:
    """The endpoint of a simultaneous open, once both SYNs have arrived."""
    return after(endpoint("SYN-SENT"), SYN_IN)
