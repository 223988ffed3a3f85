"""What each event does to an endpoint in each state: calls, segments, timeouts (RFC 9293 §3.10)."""

from collections.abc import Callable
from typing import Any

import pytest

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint
from quizgen.models.tcp.states import STATES
from tests.models.tcp.endpoints import REACH, SYN_IN, after, endpoint, rcv, sent


def test_every_state_is_reached() -> None:
    assert set(REACH) == set(STATES.members)


# State, what happens, the state after it, segments sent, signals, reason for a drop.
ROWS: list[tuple[str, str, Callable[[Endpoint], Any], str, list[str], list[str], str | None]] = [
    # OPEN
    ("CLOSED", "OPEN passive", calls.open_passive, "LISTEN", [], [], None),
    ("CLOSED", "OPEN active", calls.open_active, "SYN-SENT", ["SYN SEQ=1000"], [], None),
    ("LISTEN", "OPEN active", calls.open_active, "SYN-SENT", ["SYN SEQ=1000"], [], None),
    ("ESTABLISHED", "OPEN active", calls.open_active, "ESTABLISHED", [], ["connection already exists"], None),
    ("LISTEN", "OPEN passive", calls.open_passive, "LISTEN", [], ["connection already exists"], None),
    # SEND
    ("CLOSED", "SEND", lambda end: calls.send(end, b"data"), "CLOSED", [], ["connection does not exist"], None),
    ("LISTEN", "SEND", lambda end: calls.send(end, b"data"), "LISTEN", [], ["remote socket unspecified"], None),
    ("SYN-SENT", "SEND", lambda end: calls.send(end, b"data"), "SYN-SENT", [], [], None),
    ("ESTABLISHED", "SEND", lambda end: calls.send(end, b"data"), "ESTABLISHED", ["PSH,ACK SEQ=1001 ACK=5001 LEN=4"], [], None),
    ("CLOSE-WAIT", "SEND", lambda end: calls.send(end, b"data"), "CLOSE-WAIT", ["PSH,ACK SEQ=1001 ACK=5002 LEN=4"], [], None),
    *((state, "SEND", lambda end: calls.send(end, b"data"), state, [], ["connection closing"], None)
      for state in ("FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "LAST-ACK", "TIME-WAIT")),
    # RECEIVE
    ("CLOSED", "RECEIVE", calls.receive, "CLOSED", [], ["connection does not exist"], None),
    *((state, "RECEIVE", calls.receive, state, [], ["connection closing"], None)
      for state in ("CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT")),
    *((state, "RECEIVE", calls.receive, state, [], [], None)
      for state in ("LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2")),
    # CLOSE
    ("CLOSED", "CLOSE", calls.close, "CLOSED", [], ["connection does not exist"], None),
    ("LISTEN", "CLOSE", calls.close, "CLOSED", [], [], None),
    ("SYN-SENT", "CLOSE", calls.close, "CLOSED", [], [], None),
    ("SYN-RECEIVED", "CLOSE", calls.close, "FIN-WAIT-1", ["FIN,ACK SEQ=1001 ACK=5001"], [], None),
    ("ESTABLISHED", "CLOSE", calls.close, "FIN-WAIT-1", ["FIN,ACK SEQ=1001 ACK=5001"], [], None),
    ("CLOSE-WAIT", "CLOSE", calls.close, "LAST-ACK", ["FIN,ACK SEQ=1001 ACK=5002"], [], None),
    *((state, "CLOSE", calls.close, state, [], ["connection closing"], None)
      for state in ("FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "LAST-ACK", "TIME-WAIT")),
    # ABORT
    ("CLOSED", "ABORT", calls.abort, "CLOSED", [], ["connection does not exist"], None),
    *((state, "ABORT", calls.abort, "CLOSED", [], [], None) for state in ("LISTEN", "SYN-SENT", "CLOSING", "LAST-ACK", "TIME-WAIT")),
    *((state, "ABORT", calls.abort, "CLOSED", ["RST SEQ=1001"], [], None) for state in ("SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT")),
    *((state, "ABORT", calls.abort, "CLOSED", ["RST SEQ=1002"], [], None) for state in ("FIN-WAIT-1", "FIN-WAIT-2")),
    # STATUS
    ("CLOSED", "STATUS", calls.status, "CLOSED", [], ["connection does not exist"], None),
    ("LISTEN", "STATUS", calls.status, "LISTEN", [], [], None),
    # §3.10.7.1 CLOSED
    ("CLOSED", "rcv SYN", SYN_IN, "CLOSED", ["RST,ACK SEQ=0 ACK=5001"], [], "no connection"),
    ("CLOSED", "rcv ACK", rcv("ACK", 5001, 77), "CLOSED", ["RST SEQ=77"], [], "no connection"),
    ("CLOSED", "rcv RST", rcv("RST"), "CLOSED", [], [], "no connection"),
    # §3.10.7.2 LISTEN
    ("LISTEN", "rcv RST", rcv("RST"), "LISTEN", [], [], "RST in LISTEN"),
    ("LISTEN", "rcv SYN,ACK", rcv("SYN,ACK", 5000, 77), "LISTEN", ["RST SEQ=77"], [], "ACK in LISTEN"),
    ("LISTEN", "rcv FIN", rcv("FIN"), "LISTEN", [], [], "no SYN in LISTEN"),
    ("LISTEN", "rcv SYN", SYN_IN, "SYN-RECEIVED", ["SYN,ACK SEQ=1000 ACK=5001"], [], None),
    # §3.10.7.3 SYN-SENT
    ("SYN-SENT", "rcv SYN,ACK", rcv("SYN,ACK", 5000), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], None),
    ("SYN-SENT", "rcv SYN,ACK of ISS", rcv("SYN,ACK", 5000, 1000), "SYN-SENT", ["RST SEQ=1000"], [], "unacceptable ACK"),
    ("SYN-SENT", "rcv SYN,ACK of more", rcv("SYN,ACK", 5000, 1002), "SYN-SENT", ["RST SEQ=1002"], [], "unacceptable ACK"),
    ("SYN-SENT", "rcv RST,ACK of more", rcv("RST,ACK", 5000, 1002), "SYN-SENT", [], [], "unacceptable ACK"),
    ("SYN-SENT", "rcv RST,ACK", rcv("RST,ACK", 0), "CLOSED", [], ["connection reset"], None),
    ("SYN-SENT", "rcv RST", rcv("RST", 0), "SYN-SENT", [], [], "RST without ACK"),
    ("SYN-SENT", "rcv ACK", rcv("ACK"), "SYN-SENT", [], [], "neither SYN nor RST"),
    ("SYN-SENT", "rcv SYN", SYN_IN, "SYN-RECEIVED", ["SYN,ACK SEQ=1000 ACK=5001"], [], None),
    ("SYN-SENT", "rcv FIN,SYN,ACK", rcv("FIN,SYN,ACK", 5000), "CLOSE-WAIT", ["ACK SEQ=1001 ACK=5002"], ["remote end closes"], None),
    # §3.10.7.4 SYN-RECEIVED
    ("SYN-RECEIVED", "rcv ACK", rcv("ACK"), "ESTABLISHED", [], [], None),
    ("SYN-RECEIVED", "rcv FIN,ACK", rcv("FIN,ACK"), "CLOSE-WAIT", ["ACK SEQ=1001 ACK=5002"], ["remote end closes"], None),
    ("SYN-RECEIVED", "rcv ACK of ISS", rcv("ACK", ack=1000), "SYN-RECEIVED", ["RST SEQ=1000"], [], "unacceptable ACK"),
    ("SYN-RECEIVED", "rcv ACK of more", rcv("ACK", ack=1002), "SYN-RECEIVED", ["RST SEQ=1002"], [], "unacceptable ACK"),
    ("SYN-RECEIVED", "rcv the SYN again", SYN_IN, "SYN-RECEIVED", ["ACK SEQ=1001 ACK=5001"], [], "not acceptable"),
    ("SYN-RECEIVED", "rcv another SYN", rcv("SYN", 5100), "LISTEN", [], [], "second SYN"),
    ("SYN-RECEIVED", "rcv RST", rcv("RST"), "LISTEN", [], [], None),
    ("SYN-RECEIVED", "rcv RST in window", rcv("RST", 5002), "SYN-RECEIVED", ["ACK SEQ=1001 ACK=5001"], [], "RST not exact"),
    # ESTABLISHED
    ("ESTABLISHED", "rcv no ACK", rcv("PSH", data=5), "ESTABLISHED", [], [], "no ACK"),
    ("ESTABLISHED", "rcv ACK of unsent", rcv("ACK", ack=1002), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], "ACK of the unsent"),
    ("ESTABLISHED", "rcv old ACK", rcv("ACK", ack=1000), "ESTABLISHED", [], [], None),
    ("ESTABLISHED", "rcv data", rcv("ACK", data=10), "ESTABLISHED", ["ACK SEQ=1001 ACK=5011"], [], None),
    ("ESTABLISHED", "rcv data and FIN", rcv("FIN,ACK", data=10), "CLOSE-WAIT", ["ACK SEQ=1001 ACK=5012"], ["remote end closes"], None),
    ("ESTABLISHED", "rcv data that overlap", rcv("ACK", 4996, data=10), "ESTABLISHED", ["ACK SEQ=1001 ACK=5006"], [], None),
    ("ESTABLISHED", "rcv data ahead", rcv("ACK", 5002, data=10), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], None),
    ("ESTABLISHED", "rcv FIN ahead", rcv("FIN,ACK", 5002), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], None),
    ("ESTABLISHED", "rcv data beyond the window", rcv("ACK", 5001 + BUFFER, data=1), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], "not acceptable"),
    ("ESTABLISHED", "rcv SYN", rcv("SYN", 5001), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], "SYN in connection"),
    ("ESTABLISHED", "rcv SYN,ACK again", rcv("SYN,ACK", 5000), "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"], [], "not acceptable"),
    # RST in every synchronized state
    *((state, "rcv RST", rcv("RST", 5001), "CLOSED", [], ["connection reset"], None) for state in ("ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2")),
    ("CLOSE-WAIT", "rcv RST", rcv("RST", 5002), "CLOSED", [], ["connection reset"], None),
    *((state, "rcv RST", rcv("RST", 5002), "CLOSED", [], [], None) for state in ("CLOSING", "LAST-ACK", "TIME-WAIT")),
    *((state, "rcv RST at RCV.NXT - 1", rcv("RST", 5001), state, [], [], "not acceptable") for state in ("CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT")),
    ("TIME-WAIT", "rcv RST in window", rcv("RST", 5003), "TIME-WAIT", ["ACK SEQ=1002 ACK=5002"], [], "RST not exact"),
    # Closing
    ("FIN-WAIT-1", "rcv ACK of FIN", rcv("ACK", ack=1002), "FIN-WAIT-2", [], [], None),
    ("FIN-WAIT-1", "rcv ACK of less", rcv("ACK"), "FIN-WAIT-1", [], [], None),
    ("FIN-WAIT-1", "rcv FIN", rcv("FIN,ACK"), "CLOSING", ["ACK SEQ=1002 ACK=5002"], ["remote end closes"], None),
    ("FIN-WAIT-1", "rcv FIN and ACK of FIN", rcv("FIN,ACK", ack=1002), "TIME-WAIT", ["ACK SEQ=1002 ACK=5002"], ["remote end closes"], None),
    ("FIN-WAIT-2", "rcv FIN", rcv("FIN,ACK", ack=1002), "TIME-WAIT", ["ACK SEQ=1002 ACK=5002"], ["remote end closes"], None),
    ("FIN-WAIT-2", "rcv data", rcv("ACK", ack=1002, data=5), "FIN-WAIT-2", ["ACK SEQ=1002 ACK=5006"], [], None),
    ("CLOSING", "rcv ACK of FIN", rcv("ACK", 5002, 1002), "TIME-WAIT", [], [], None),
    ("CLOSING", "rcv ACK of less", rcv("ACK", 5002), "CLOSING", [], [], "FIN not acknowledged"),
    ("LAST-ACK", "rcv ACK of FIN", rcv("ACK", 5002, 1002), "CLOSED", [], [], None),
    ("LAST-ACK", "rcv ACK of less", rcv("ACK", 5002), "LAST-ACK", [], [], None),
    ("CLOSE-WAIT", "rcv data after FIN", rcv("ACK", 5002, data=5), "CLOSE-WAIT", [], [], None),
    *((state, "rcv FIN again", rcv("FIN,ACK", 5001), state, [f"ACK SEQ={seq} ACK=5002"], [], "not acceptable")
      for state, seq in (("CLOSE-WAIT", 1001), ("CLOSING", 1002), ("LAST-ACK", 1002))),
    ("TIME-WAIT", "rcv FIN again", rcv("FIN,ACK", 5001, 1002), "TIME-WAIT", ["ACK SEQ=1002 ACK=5002"], [], None),
    ("TIME-WAIT", "rcv new SYN", rcv("SYN", 9000), "SYN-RECEIVED", ["SYN,ACK SEQ=268436456 ACK=9001"], [], None),
    ("TIME-WAIT", "rcv old SYN", rcv("SYN", 4000), "TIME-WAIT", ["ACK SEQ=1002 ACK=5002"], [], "not acceptable"),
    # Timeouts
    ("SYN-SENT", "retransmission timeout", timeouts.retransmission, "SYN-SENT", ["SYN SEQ=1000"], [], None),
    ("SYN-RECEIVED", "retransmission timeout", timeouts.retransmission, "SYN-RECEIVED", ["SYN,ACK SEQ=1000 ACK=5001"], [], None),
    ("FIN-WAIT-1", "retransmission timeout", timeouts.retransmission, "FIN-WAIT-1", ["FIN,ACK SEQ=1001 ACK=5001"], [], None),
    ("LAST-ACK", "retransmission timeout", timeouts.retransmission, "LAST-ACK", ["FIN,ACK SEQ=1001 ACK=5002"], [], None),
    ("TIME-WAIT", "2MSL timeout", timeouts.time_wait, "CLOSED", [], [], None),
    *((state, "user timeout", timeouts.user, "CLOSED", [], ["connection aborted due to user timeout"], None)
      for state in ("SYN-SENT", "SYN-RECEIVED", "FIN-WAIT-1", "CLOSING", "LAST-ACK")),
]  # fmt: skip


@pytest.mark.parametrize(
    "state, what, event, next, segments, signals, dropped", ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS]
)
def test_event_in_state(
    state: str, what: str, event: Callable[[Endpoint], Any], next: str, segments: list[str], signals: list[str], dropped: str | None
) -> None:  # fmt: skip
    end = after(endpoint(state), event)
    assert end.state.name == next
    assert sent(end) == segments
    assert [signal.name for signal in end.out.signals] == signals
    assert (end.out.dropped.name if end.out.dropped else None) == dropped


def test_idle_timers_do_nothing() -> None:
    for timeout in (timeouts.retransmission, timeouts.time_wait, timeouts.user, timeouts.delayed_ack):
        for state in ("CLOSED", "LISTEN", "ESTABLISHED", "FIN-WAIT-2"):
            end = endpoint(state)
            assert not timeout(end)
            assert (end.state.name, end.out.segments) == (state, [])
