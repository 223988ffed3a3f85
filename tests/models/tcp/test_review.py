"""What is easy to get wrong in §3.10.7.4 of RFC 9293, and in what surrounds it."""

from collections.abc import Callable
from typing import Any

import pytest

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, DEFAULT_SEND_MSS, Endpoint
from quizgen.models.tcp.options import Mss
from quizgen.models.tcp.segment import ACK, SYN, URG, Segment, flags
from quizgen.models.tcp.seq import Seq
from tests.models.tcp.endpoints import ISS, SYN_IN, after, crossed, endpoint, rcv, sent


def reason(end: Endpoint) -> str:
    return end.out.dropped.name if end.out.dropped else ""


# Figure 7


@pytest.mark.parametrize("ack", [1000, 1002, 77])
def test_figure_7_with_a_wrong_ack_is_not_acceptable(ack: int) -> None:
    """§3.10.7.4 looks at SEQ first; the figure needs the exception only where the ACK is right."""
    end = after(crossed(), rcv("SYN,ACK", 5000, ack))
    assert (end.state.name, sent(end), reason(end)) == ("SYN-RECEIVED", ["ACK SEQ=1001 ACK=5001"], "not acceptable")


def test_figure_7_is_for_an_active_open_only() -> None:
    end = after(endpoint("SYN-RECEIVED"), rcv("SYN,ACK", 5000))
    assert (end.state.name, reason(end)) == ("SYN-RECEIVED", "not acceptable")


def test_a_simultaneous_open_with_data() -> None:
    """What lies before RCV.NXT, the SYN too, is cut off; data that came with the first SYN are delivered once."""
    end = after(endpoint("SYN-SENT"), rcv("SYN", 5000, data=3), rcv("SYN,ACK", 5000, data=3))
    assert (end.state.name, len(end.out.delivered), sent(end)[-1]) == ("ESTABLISHED", 3, "ACK SEQ=1001 ACK=5004")


# RST


@pytest.mark.parametrize("state, seq", [("ESTABLISHED", 5001), ("TIME-WAIT", 5002), ("SYN-RECEIVED", 5001)])
def test_a_rst_that_begins_before_the_window_is_dropped_although_its_data_reach_into_it(state: str, seq: int) -> None:
    """The three cases of §3.10.7.4 go by the sequence number of the RST; it may carry data (SHLD-2)."""
    end = after(endpoint(state), rcv("RST", seq - 2, data=5))
    assert (end.state.name, sent(end), reason(end)) == (state, [], "not acceptable")


@pytest.mark.parametrize("seq, state, answer", [(5001, "CLOSED", []), (5002, "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"]),
    (5000 + BUFFER, "ESTABLISHED", ["ACK SEQ=1001 ACK=5001"]), (5001 + BUFFER, "ESTABLISHED", [])])  # fmt: skip
def test_a_rst_by_where_it_lies(seq: int, state: str, answer: list[str]) -> None:
    for data in (0, 4):
        if data and seq == 5001 + BUFFER:
            continue
        end = after(endpoint("ESTABLISHED"), rcv("RST", seq, data=data))
        assert (end.state.name, sent(end)) == (state, answer)


def test_only_the_next_number_resets_where_the_window_is_closed() -> None:
    end = after(endpoint("ESTABLISHED", reads=False), rcv("ACK", data=BUFFER))
    assert sent(after(end, rcv("RST", 5002 + BUFFER))) == []
    assert after(end, rcv("RST", 5001 + BUFFER, data=9)).state.name == "CLOSED"


# ACK


@pytest.mark.parametrize("behind, taken", [(0, True), (1, True), (500, True), (501, False), (2**30, False)])
def test_an_ack_older_than_the_largest_window_brings_nothing(behind: int, taken: bool) -> None:
    """MAY-12: SND.UNA - MAX.SND.WND =< SEG.ACK; the windows given were 100, 500 and 200."""
    end = Endpoint("end", (ISS,))
    after(end, calls.open_passive, rcv("SYN", 5000, window=100), rcv("ACK", window=500), rcv("ACK", window=200))
    after(end, rcv("ACK", ack=1001 - behind, data=5))
    assert (reason(end) == "ACK too old") is not taken
    assert sent(end) == [f"ACK SEQ=1001 ACK={5006 if taken else 5001}"]


def test_a_duplicate_ack_is_ignored_but_not_what_comes_with_it() -> None:
    end = after(
        endpoint("ESTABLISHED"), lambda end: calls.send(end, b"ab"), rcv("ACK", ack=1003), rcv("ACK", ack=1001, data=5)
    )
    assert end.tcb is not None
    assert (end.tcb.snd_una.value, end.out.delivered) == (1003, bytes(5))


def test_what_was_learned_with_the_syn_is_dated_by_our_iss() -> None:
    """SND.WL2 of a SYN without ACK: nothing older than the connection."""
    end = endpoint("SYN-RECEIVED")
    assert end.tcb is not None
    assert (end.tcb.snd_wl1.value, end.tcb.snd_wl2.value) == (5000, 1000)


# After the peer's FIN

BEYOND: list[tuple[str, Callable[[Endpoint], Any]]] = [
    ("text-at", rcv("ACK", 5002, data=5)), ("text-ahead", rcv("ACK", 5004, data=5)),
    ("FIN-at", rcv("FIN,ACK", 5002)), ("FIN-ahead", rcv("FIN,ACK", 5004)), ("URG", rcv("ACK,URG", 5002)),
]  # fmt: skip


@pytest.mark.parametrize("state", ["CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"])
@pytest.mark.parametrize("event", [event for _, event in BEYOND], ids=[name for name, _ in BEYOND])
def test_text_and_fin_beyond_the_fin_are_ignored(state: str, event: Callable[[Endpoint], Any]) -> None:
    """Seventh check: it should not occur. Nothing advances, nothing is answered, the window stays."""
    end = endpoint(state)
    assert end.tcb is not None
    before = end.tcb.rcv_nxt, end.tcb.rcv_wnd
    after(end, event)
    assert (end.state.name, sent(end), end.out.delivered, end.out.signals) == (state, [], b"", [])
    assert (end.tcb.rcv_nxt, end.tcb.rcv_wnd, end.tcb.held) == (*before, ())


@pytest.mark.parametrize("kinds, ack, restarts", [("FIN,ACK", 1002, True), ("FIN,ACK", 1001, True), ("FIN", 0, False),
    ("FIN,ACK", 1003, False), ("FIN,SYN,ACK", 1002, False), ("FIN,RST,ACK", 1002, False), ("ACK", 1002, False)])  # fmt: skip
def test_only_the_peers_fin_restarts_2msl(kinds: str, ack: int, restarts: bool) -> None:
    seq = 5000 if "SYN" in kinds else 5001
    assert after(endpoint("TIME-WAIT"), rcv(kinds, seq, ack)).out.restarted_2msl is restarts


# TIME-WAIT and MAY-2


def test_an_end_that_called_does_not_reopen() -> None:
    """Nobody there has said that connections are welcome (§3.10.1)."""
    end = after(endpoint("SYN-SENT"), rcv("SYN,ACK", 5000), calls.close, rcv("FIN,ACK", ack=1002))
    assert end.state.name == "TIME-WAIT"
    after(end, rcv("SYN", 9000))
    assert (end.state.name, sent(end), reason(end)) == ("TIME-WAIT", ["ACK SEQ=1002 ACK=5002"], "SYN in connection")


def test_a_close_in_a_reopened_connection_forgets_the_old_one() -> None:
    end = after(endpoint("TIME-WAIT"), rcv("SYN", 9000), calls.close)
    assert end.tcb is not None
    assert (end.state.name, end.tcb.former) == ("FIN-WAIT-1", None)


# CLOSE that waits


def test_a_close_that_waits_for_the_connection_is_not_lost_with_it() -> None:
    end = after(endpoint("SYN-RECEIVED"), lambda end: calls.send(end, b"bye"), calls.close, rcv("RST"))
    assert (end.state.name, [state.name for state in end.out.path]) == ("CLOSED", ["LISTEN", "CLOSED"])


def test_a_close_that_waits_meets_the_fin_of_the_peer() -> None:
    """CLOSE-WAIT is not kept after our FIN has been sent."""
    end = after(endpoint("SYN-RECEIVED"), lambda end: calls.send(end, b"bye"), calls.close, rcv("FIN,ACK"))
    assert (end.state.name, sent(end)) == ("LAST-ACK", ["FIN,PSH,ACK SEQ=1001 ACK=5002 LEN=3"])
    assert after(end, rcv("ACK", 5002, 1005)).state.name == "CLOSED"


# What repeats, and what wraps around


def test_what_is_held_is_held_once() -> None:
    end = endpoint("ESTABLISHED")
    for seq, data in ((5011, 10), (5011, 10), (5013, 4), (5009, 20), (5009, 3), (5031, 2)):
        after(end, rcv("ACK", seq, data=data))
    assert end.tcb is not None
    assert [(int(one.seq.value), one.length) for one in end.tcb.held] == [(5009, 20), (5031, 2)]


def test_urgent_data_are_announced_also_after_half_of_the_sequence_space() -> None:
    end = endpoint("ESTABLISHED")
    assert end.tcb is not None
    for step in range(2**31 // BUFFER + 2):
        # As if the window had been filled and read once a step.
        segment_arrives(end, Segment(Seq("", 5001 + step * BUFFER), Seq("", 1001), flags(ACK), bytes(2), 9, "peer"))
        end.tcb.rcv_nxt += BUFFER - 2
    seq = end.tcb.rcv_nxt
    end.out.signals.clear()
    segment_arrives(end, Segment(seq, Seq("", 1001), flags(ACK, URG), b"", 9, "peer", (), 1))
    assert [signal.name for signal in end.out.signals] == ["urgent data"]


@pytest.mark.parametrize("iss, irs", [(2**32 - 1, 2**32 - 1), (2**31, 0), (0, 2**31), (2**32 - 3, 5)])
def test_numbers_wrap_around(iss: int, irs: int) -> None:
    """A whole connection whose numbers pass 2^32 or lie half of the space apart."""
    end, irs_seq = Endpoint("end", (Seq("", iss),)), Seq("", irs)

    def arrive(kinds: str, seq: int, ack: int, data: int = 0) -> None:
        from quizgen.models.tcp.segment import FLAGS
        from quizgen.models.values import TermSet

        names = TermSet(FLAGS).read(kinds)
        segment_arrives(end, Segment(irs_seq + seq, Seq("", iss) + ack if ACK in names else None, names, bytes(data)))

    calls.open_passive(end)
    arrive("SYN", 0, 0)
    arrive("ACK", 1, 1)
    calls.send(end, bytes(10))
    arrive("ACK", 6, 1, 5)
    arrive("ACK", 1, 11, 5)
    assert (end.state.name, len(end.out.delivered)) == ("ESTABLISHED", 10)
    assert end.tcb is not None
    assert end.tcb.unacknowledged == ()
    calls.close(end)
    arrive("FIN,ACK", 11, 12)
    assert end.state.name == "TIME-WAIT"


@pytest.mark.parametrize("told, send_mss", [(0, DEFAULT_SEND_MSS), (1, 1), (65535, 1460)])
def test_an_mss_that_nothing_fits_is_none(told: int, send_mss: int) -> None:
    end = endpoint("LISTEN")
    segment_arrives(end, Segment(Seq("", 5000), None, flags(SYN), options=(Mss(told),)))
    assert end.tcb is not None
    assert end.tcb.snd_mss == send_mss


def test_nothing_is_lost_when_the_syns_cross_and_both_have_data() -> None:
    end = after(endpoint("SYN-SENT"), lambda end: calls.send(end, b"hi"), SYN_IN, rcv("SYN,ACK", 5000))
    assert sent(end)[-1] == "PSH,ACK SEQ=1001 ACK=5001 LEN=2"
    assert sent(after(end, timeouts.retransmission)) == ["PSH,ACK SEQ=1001 ACK=5001 LEN=2"]
