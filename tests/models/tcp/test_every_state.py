"""Every call and every kind of segment in every state: RFC 9293 §3.10.1 to §3.10.7, written down a second time."""

from collections.abc import Callable
from typing import Any

import pytest

from quizgen.models.tcp.endpoint import calls
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import Endpoint
from quizgen.models.tcp.segment import ACK, FLAGS, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import STATES
from quizgen.models.values import TermSet
from tests.models.tcp.endpoints import after, endpoint

CALLS: dict[str, Callable[[Endpoint], Any]] = {
    "passive": calls.open_passive, "active": calls.open_active, "SEND": lambda end: calls.send(end, b"x"),
    "RECEIVE": calls.receive, "CLOSE": calls.close, "ABORT": calls.abort, "STATUS": calls.status,
}  # fmt: skip
ERRORS = {"none": "connection does not exist", "exists": "connection already exists", "closing": "connection closing", "socket": "remote socket unspecified"}  # fmt: skip

# ok: no error and the same state; a state: it is entered without an error; otherwise one of ERRORS.
REPLIES = """
               passive   active     SEND     RECEIVE   CLOSE        ABORT    STATUS
CLOSED         LISTEN    SYN-SENT   none     none      none         none     none
LISTEN         exists    SYN-SENT   socket   ok        CLOSED       CLOSED   ok
SYN-SENT       exists    exists     ok       ok        CLOSED       CLOSED   ok
SYN-RECEIVED   exists    exists     ok       ok        FIN-WAIT-1   CLOSED   ok
ESTABLISHED    exists    exists     ok       ok        FIN-WAIT-1   CLOSED   ok
FIN-WAIT-1     exists    exists     closing  ok        closing      CLOSED   ok
FIN-WAIT-2     exists    exists     closing  ok        closing      CLOSED   ok
CLOSE-WAIT     exists    exists     ok       closing   LAST-ACK     CLOSED   ok
CLOSING        exists    exists     closing  closing   closing      CLOSED   ok
LAST-ACK       exists    exists     closing  closing   closing      CLOSED   ok
TIME-WAIT      exists    exists     closing  closing   closing      CLOSED   ok
"""


def cells(table: str) -> list[tuple[str, str, str]]:
    """(row, column, cell) of a table in a text."""
    heading, *rows = [line.split() for line in table.strip().split("\n")]
    return [(row[0], column, cell) for row in rows for column, cell in zip(heading, row[1:], strict=True)]


@pytest.mark.parametrize("state, call, reply", cells(REPLIES), ids=lambda cell: cell)
def test_reply_to_a_call(state: str, call: str, reply: str) -> None:
    end = after(endpoint(state), CALLS[call])
    assert end.state.name == (reply if reply in STATES.members else state)
    assert [signal.name for signal in end.out.signals] == ([ERRORS[reply]] if reply in ERRORS else [])
    assert end.out.segments == [] or reply not in ERRORS


def test_status_is_the_state() -> None:
    assert all(calls.status(endpoint(state)).name == state for state in STATES.members)


# What is sent, and the next state where it is another. `at`: SEG.SEQ = RCV.NXT and SEG.ACK = SND.NXT, `out`: before the
# window, `bad`: SEG.ACK = SND.NXT + 1. In SYN-SENT and before, SEG.SEQ cannot be judged, so that `out` is as `at`.
# S: SYN, SA: SYN,ACK, A: ACK, F: FIN,ACK, R: RST. In the last four states the peer has nothing more to send: a FIN at
# RCV.NXT would be a second one and is ignored, but its ACK counts.
ANSWERS = """
             S-at                 SA-at            A-at           F-at            R-at     S-out                SA-out           A-out  F-out  R-out  SA-bad  A-bad  F-bad
CLOSED       RST,ACK              RST              RST            RST             -        RST,ACK              RST              RST    RST    -      RST     RST    RST
LISTEN       SYN,ACK:SYN-RECEIVED RST              RST            RST             -        SYN,ACK:SYN-RECEIVED RST              RST    RST    -      RST     RST    RST
SYN-SENT     SYN,ACK:SYN-RECEIVED ACK:ESTABLISHED  -              -               -        SYN,ACK:SYN-RECEIVED ACK:ESTABLISHED  -      -      -      RST     RST    RST
SYN-RECEIVED -:LISTEN             -:LISTEN         -:ESTABLISHED  ACK:CLOSE-WAIT  -:LISTEN ACK                  ACK              ACK    ACK    -      -:LISTEN RST   RST
ESTABLISHED  ACK                  ACK              -              ACK:CLOSE-WAIT  -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
FIN-WAIT-1   ACK                  ACK              -:FIN-WAIT-2   ACK:TIME-WAIT   -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
FIN-WAIT-2   ACK                  ACK              -              ACK:TIME-WAIT   -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
CLOSE-WAIT   ACK                  ACK              -              -               -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
CLOSING      ACK                  ACK              -:TIME-WAIT    -:TIME-WAIT     -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
LAST-ACK     ACK                  ACK              -:CLOSED       -:CLOSED        -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
TIME-WAIT    ACK                  ACK              -              -               -:CLOSED ACK                  ACK              ACK    ACK    -      ACK     ACK    ACK
"""
KINDS = {"S": "SYN", "SA": "SYN,ACK", "A": "ACK", "F": "FIN,ACK", "R": "RST"}


@pytest.mark.parametrize("state, what, answer", cells(ANSWERS), ids=lambda cell: cell)
def test_answer_to_a_segment(state: str, what: str, answer: str) -> None:
    end = endpoint(state)
    kind, where = what.split("-")
    kinds = TermSet(FLAGS).read(KINDS[kind])
    known = end.tcb is not None and end.tcb.rcv_nxt != 0
    seq = end.tcb.rcv_nxt if end.tcb is not None and known else Seq("", 5000)
    ack = end.tcb.snd_nxt if end.tcb is not None else Seq("", 77)
    segment = Segment(
        seq + (-200) if where == "out" and known else seq, ack + (where == "bad") if ACK in kinds else None, kinds, sender="peer"
    )  # fmt: skip
    sent, _, next = answer.partition(":")
    after(end, lambda one: segment_arrives(one, segment))
    assert [one.flags.show().replace(", ", ",") for one in end.out.segments] == ([] if sent == "-" else [sent])
    assert end.state.name == (next or state)
    if sent == "RST":
        assert end.out.segments[0].seq == segment.ack
    if sent == "RST,ACK":
        assert (end.out.segments[0].seq, end.out.segments[0].ack) == (Seq("", 0), segment.end)
