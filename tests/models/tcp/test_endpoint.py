"""One endpoint: data, acknowledgments, TIME-WAIT (RFC 9293 §3.10), and what holds whatever arrives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Outcome
from quizgen.models.tcp.segment import ACK, FIN, FLAGS, MSS, RST, SYN, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import TABLE
from quizgen.models.values import TermSet
from tests.models.tcp.endpoints import ISS, REACH, SYN_IN, after, crossed, endpoint, rcv, sent

# Simultaneous open


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
    assert sent(end) == [f"ACK SEQ=1001 ACK={5001 + BUFFER} WIN=0"]
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
def test_any_segments_leave_a_sound_endpoint(
    state: str, delayed: bool, reads: bool, arriving: list[tuple[TermSet, int, int, int, int]]
) -> None:
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
