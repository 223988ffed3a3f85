"""One endpoint: calls, segments and timeouts in each state (RFC 9293 §3.10), and what holds whatever arrives."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, MSS, Endpoint, Outcome, Policy
from quizgen.models.tcp.options import Mss
from quizgen.models.tcp.segment import ACK, FIN, FLAGS, RST, SYN, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import STATES, TABLE
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
    return [segment.show() for segment in end.out.segments]


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


# Simultaneous open


def crossed() -> Endpoint:
    return after(endpoint("SYN-SENT"), SYN_IN)


def test_figure_7_syn_ack_is_taken_although_the_test_rejects_it() -> None:
    end = after(crossed(), rcv("SYN,ACK", 5000))
    assert end.state.name == "ESTABLISHED"
    assert sent(end) == ["ACK SEQ=1001 ACK=5001"]


def test_an_active_open_that_is_reset_in_syn_received_was_refused() -> None:
    end = after(crossed(), rcv("RST"))
    assert (end.state.name, [signal.name for signal in end.out.signals]) == ("CLOSED", ["connection refused"])


def test_a_syn_in_the_window_of_an_active_open_draws_a_challenge() -> None:
    end = after(crossed(), rcv("SYN", 5001))
    assert (end.state.name, sent(end)) == ("SYN-RECEIVED", ["ACK SEQ=1001 ACK=5001"])


def test_a_repeat_after_the_crossing_is_a_syn_ack() -> None:
    assert sent(after(crossed(), timeouts.retransmission)) == ["SYN,ACK SEQ=1000 ACK=5001"]


# Data


def test_data_given_before_the_connection_ride_on_the_third_segment() -> None:
    end = after(endpoint("SYN-SENT"), lambda end: calls.send(end, b"GET /"), rcv("SYN,ACK", 5000))
    assert sent(end) == ["PSH,ACK SEQ=1001 ACK=5001 LEN=5"]


def test_data_and_close_before_the_connection_end_in_one_segment() -> None:
    end = endpoint("SYN-RECEIVED")
    after(end, lambda end: calls.send(end, b"bye"), calls.close)
    assert (end.state.name, sent(end)) == ("SYN-RECEIVED", [])
    assert end.out.signals == []
    after(end, rcv("ACK"))
    assert (end.state.name, sent(end)) == ("FIN-WAIT-1", ["FIN,PSH,ACK SEQ=1001 ACK=5001 LEN=3"])


def test_send_after_a_queued_close_is_an_error() -> None:
    end = after(
        endpoint("SYN-RECEIVED"), lambda end: calls.send(end, b"bye"), calls.close, lambda end: calls.send(end, b"more")
    )
    assert [signal.name for signal in end.out.signals] == ["connection closing"]


def test_a_listener_for_one_peer_may_call_it() -> None:
    end = after(Endpoint("end", (ISS,)), lambda end: calls.open_passive(end, True), lambda end: calls.send(end, b"hi"))
    assert (end.state.name, sent(end)) == ("SYN-SENT", ["SYN SEQ=1000"])


def test_no_more_is_sent_than_the_window_allows() -> None:
    end = after(endpoint("ESTABLISHED"), rcv("ACK", window=2000), lambda end: calls.send(end, bytes(5000)), calls.close)
    assert sent(end) == [f"ACK SEQ=1001 ACK=5001 LEN={MSS}", f"ACK SEQ=2461 ACK=5001 LEN={2000 - MSS}"]
    after(end, rcv("ACK", ack=3001, window=10_000))
    assert sent(end) == [
        "ACK SEQ=3001 ACK=5001 LEN=1460",
        "ACK SEQ=4461 ACK=5001 LEN=1460",
        "FIN,PSH,ACK SEQ=5921 ACK=5001 LEN=80",
    ]


def test_an_old_segment_does_not_take_the_window_back() -> None:
    end = after(
        endpoint("ESTABLISHED"),
        rcv("ACK", data=10, window=500),
        rcv("ACK", 5001, data=10, window=9),
        rcv("ACK", 5011, window=700),
    )
    assert end.tcb is not None
    assert end.tcb.snd_wnd == 700
    after(end, rcv("ACK", 5011, ack=1000, window=3))
    assert end.tcb.snd_wnd == 700


def test_what_is_ahead_is_held_and_delivered_in_order() -> None:
    end = endpoint("ESTABLISHED")
    for seq, data in ((5003, b"cd"), (5005, b"e"), (5003, b"cd"), (5001, b"abc")):
        segment_arrives(end, Segment(Seq("", seq), Seq("", 1001), flags(ACK), data))
    assert end.out.delivered == b"abcde"
    assert sent(end)[-1] == "ACK SEQ=1001 ACK=5006"


def test_a_fin_ahead_waits_for_the_gap_to_close() -> None:
    end = after(endpoint("ESTABLISHED"), rcv("FIN,ACK", 5011), rcv("ACK", 5001, data=10))
    assert (end.state.name, sent(end)[-1]) == ("CLOSE-WAIT", "ACK SEQ=1001 ACK=5012")


def test_text_that_came_with_the_syn_waits_for_the_connection() -> None:
    end = after(endpoint("LISTEN"), rcv("SYN,FIN", 5000, data=3))
    assert (end.state.name, end.out.delivered) == ("SYN-RECEIVED", b"")
    after(end, rcv("ACK"))
    assert (end.state.name, len(end.out.delivered), sent(end)) == ("CLOSE-WAIT", 3, ["ACK SEQ=1001 ACK=5005"])


def test_unread_data_close_the_window_and_receive_opens_it() -> None:
    end = after(endpoint("ESTABLISHED", reads=False), rcv("ACK", data=BUFFER))
    assert end.out.segments[-1].window == 0
    after(end, rcv("ACK", 5001 + BUFFER, data=1))
    assert sent(end) == [f"ACK SEQ=1001 ACK={5001 + BUFFER}"]
    assert end.out.delivered == b""
    assert len(calls.receive(end, 100)) == 100
    after(end, rcv("ACK", 5001 + BUFFER, data=1))
    assert end.out.segments[-1].window == 99


def test_a_full_window_still_takes_acks_and_resets() -> None:
    end = after(endpoint("ESTABLISHED", reads=False), rcv("ACK", data=BUFFER), lambda end: calls.send(end, b"x"))
    after(end, rcv("ACK", 5001 + BUFFER, ack=1002))
    assert end.tcb is not None
    assert end.tcb.unacknowledged == ()
    assert after(end, rcv("RST", 5001 + BUFFER)).state.name == "CLOSED"


def test_what_is_left_may_be_read_after_the_peer_closed() -> None:
    end = after(endpoint("ESTABLISHED", reads=False), rcv("FIN,ACK", data=5))
    assert len(calls.receive(end)) == 5
    assert end.out.delivered == bytes(5)
    after(end, calls.receive)
    assert [signal.name for signal in end.out.signals] == ["connection closing"]


# Delayed ACK


def test_a_delayed_ack_rides_on_data() -> None:
    end = after(endpoint("ESTABLISHED", delayed_ack=True), rcv("ACK", data=10))
    assert sent(end) == []
    assert sent(after(end, lambda end: calls.send(end, b"hi"))) == ["PSH,ACK SEQ=1001 ACK=5011 LEN=2"]
    assert not timeouts.delayed_ack(end)


def test_a_delayed_ack_leaves_when_it_is_due_or_a_second_segment_comes() -> None:
    end = after(endpoint("ESTABLISHED", delayed_ack=True), rcv("ACK", data=10), timeouts.delayed_ack)
    assert sent(end) == ["ACK SEQ=1001 ACK=5011"]
    after(end, rcv("ACK", 5011, data=10), rcv("ACK", 5021, data=10))
    assert sent(end) == ["ACK SEQ=1001 ACK=5031"]


# TIME-WAIT


def test_a_repeated_fin_restarts_2msl_and_nothing_else_does() -> None:
    assert after(endpoint("TIME-WAIT"), rcv("FIN,ACK", 5001, 1002)).out.restarted_2msl
    assert not after(endpoint("TIME-WAIT"), rcv("ACK", 5002, 1002)).out.restarted_2msl
    assert not after(endpoint("CLOSING"), rcv("FIN,ACK", 5001)).out.restarted_2msl


def test_an_old_syn_that_reopened_time_wait_leads_back_there() -> None:
    """MAY-2 (2)"""
    end = after(endpoint("TIME-WAIT"), rcv("SYN", 9000), rcv("RST", 9001))
    assert end.state.name == "TIME-WAIT"
    assert end.tcb is not None
    assert end.tcb.rcv_nxt == 5002


def test_the_iss_of_a_reopened_connection_lies_above_all_numbers_used() -> None:
    """MAY-2 (1), also where the next ISS given lies too low."""
    end = endpoint("TIME-WAIT")
    end.isses = (ISS, Seq("", 500))
    assert sent(after(end, rcv("SYN", 9000))) == ["SYN,ACK SEQ=1002 ACK=9001"]


# Whatever arrives

kinds = st.sets(st.sampled_from([FIN, SYN, RST, ACK]), max_size=4).map(lambda some: TermSet(FLAGS, some))
near = st.integers(-3, 3)
segments = st.builds(
    lambda kinds, seq, ack, data, window: (kinds, seq, ack, data, window),
    kinds, st.one_of(near, st.integers(0, 2**32 - 1)), st.one_of(near, st.integers(0, 2**32 - 1)), st.integers(0, 4), st.sampled_from([0, 1, BUFFER]),
)  # fmt: skip
ROW_KEYS = {(row.state.name, row.next.name) for row in TABLE}


@given(st.sampled_from(sorted(REACH)), st.booleans(), st.booleans(), st.lists(segments, max_size=6))
def test_any_segments_leave_a_sound_endpoint(state: str, delayed: bool, reads: bool, arriving: list[Any]) -> None:
    end = endpoint(state, delayed_ack=delayed, reads=reads)
    for kinds, seq, ack, data, window in arriving:
        end.out, before = Outcome(), end.state.name
        base, una = (end.tcb.rcv_nxt, end.tcb.snd_nxt) if end.tcb else (Seq("", 0), Seq("", 0))
        segment_arrives(
            end, Segment(base + seq, una + ack if ACK in kinds else None, kinds, bytes(data), window, "peer")
        )
        for following in end.out.path:
            assert (before, following.name) in ROW_KEYS
            before = following.name
        assert len(end.out.segments) <= 2
        _sound(end)


def _sound(end: Endpoint) -> None:
    """The invariants of a TCB (§3.3.1, §3.4)."""
    tcb = end.tcb
    if tcb is None or tcb.state.name == "LISTEN":
        return
    assert tcb.iss <= tcb.snd_una <= tcb.snd_nxt
    assert 0 <= tcb.rcv_wnd <= BUFFER
    assert all(segment.end > tcb.snd_una for segment in tcb.unacknowledged)
    assert bool(tcb.unacknowledged) == (tcb.snd_una < tcb.snd_nxt)
    assert len(tcb.held) < 1000


def test_what_is_given_before_the_connection_is_sent_in_order_once_it_is_there() -> None:
    end = after(endpoint("SYN-SENT"), lambda one: calls.send(one, b"ab"), lambda one: calls.send(one, b"cd"))
    assert [one.data for one in after(end, rcv("SYN,ACK", 5000, 1001)).out.segments] == [b"abcd"]


@pytest.mark.parametrize("state", ["CLOSED", "CLOSE-WAIT", "LAST-ACK", "TIME-WAIT"])
def test_who_receives_an_error_receives_no_octets(state: str) -> None:
    assert calls.receive(endpoint(state)) == b""


def test_receive_takes_what_it_asks_for_in_order() -> None:
    end = after(endpoint("ESTABLISHED", reads=False), lambda one: segment_arrives(one, Segment(Seq("", 5001), Seq("", 1001), flags(ACK), b"abcde", BUFFER, "peer")))  # fmt: skip
    assert end.out.delivered == b""
    after(end, lambda one: calls.receive(one, 2), lambda one: calls.receive(one, 2))
    assert end.out.delivered == b"abcd"
    assert calls.receive(end) == b"e"


def test_a_timer_says_whether_it_ran() -> None:
    assert timeouts.user(endpoint("SYN-SENT")) is True
    assert timeouts.user(endpoint("ESTABLISHED")) is False
    end = after(endpoint("ESTABLISHED", delayed_ack=True), rcv("ACK", data=1))
    assert (timeouts.delayed_ack(end), timeouts.delayed_ack(end)) == (True, False)


def test_a_listener_returns_to_listen_as_often_as_it_takes() -> None:
    end = after(endpoint("LISTEN"), *[SYN_IN, rcv("RST")] * 3)
    assert [state.name for state in end.out.path] == ["SYN-RECEIVED", "LISTEN"] * 3


def test_a_listener_for_one_peer_is_that_again_after_a_failed_attempt() -> None:
    end = after(endpoint("CLOSED"), lambda one: calls.open_passive(one, True), SYN_IN, rcv("RST"))
    assert end.state.name == "LISTEN"
    after(end, lambda one: calls.send(one, b"x"))
    assert (end.state.name, end.out.signals) == ("SYN-SENT", [])


def test_a_clone_is_alike_and_apart() -> None:
    end = endpoint("ESTABLISHED", delayed_ack=True)
    one = end.clone()
    assert one.key() == end.key()
    assert sent(after(one, rcv("ACK", data=1))) == []
    assert one.key() != end.key()
