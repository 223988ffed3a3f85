"""Fine points of RFC 9293 that a run seldom meets, each of which an endpoint could have wrong unnoticed."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.rules import Rules
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Tcb
from quizgen.models.tcp.endpoint.text import trim
from quizgen.models.tcp.options import Mss
from quizgen.models.tcp.segment import ACK, FIN, FLAGS, SYN, URG, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import ESTABLISHED
from quizgen.models.values import TermSet
from tests.models.tcp.endpoints import ISS, SYN_IN, after, endpoint, rcv, sent


def window(end: Endpoint) -> int:
    assert end.tcb is not None
    return end.tcb.snd_wnd


def held(end: Endpoint) -> list[tuple[int, int]]:
    """First and last number of each segment that is held."""
    assert end.tcb is not None
    return [(one.seq.value, one.end.value - 1) for one in end.tcb.held]


def test_text_that_came_with_the_syn_waits_for_the_right_ack() -> None:
    """§3.10.7.4, fifth check: after the RST the segment is dropped, and what is queued stays queued."""
    syn = Segment(Seq("", 5000), None, flags(SYN), b"early", BUFFER, "peer", (Mss(1460),))
    end = after(endpoint("LISTEN"), lambda one: segment_arrives(one, syn))
    after(end, rcv("ACK", 5006, 1009))
    assert (sent(end), end.out.delivered, end.state.name) == (["RST SEQ=1009"], b"", "SYN-RECEIVED")
    assert after(end, rcv("ACK", 5006, 1001)).out.delivered == b"early"


def test_a_window_is_taken_from_the_latest_segment_only() -> None:
    """§3.10.7.4: SND.WL1 < SEG.SEQ, or SND.WL1 = SEG.SEQ and SND.WL2 =< SEG.ACK, and SND.UNA =< SEG.ACK."""
    end = after(endpoint("ESTABLISHED"), rcv("ACK", 5011, data=5, window=700))
    assert window(end) == 700
    assert window(after(end, rcv("ACK", 5001, data=10, window=300))) == 700, "an earlier segment that was overtaken"
    after(end, lambda one: calls.send(one, bytes(100)), rcv("ACK", 5016, 1101, window=600))
    assert window(after(end, rcv("ACK", 5016, 1050, data=5, window=200))) == 600, "an ACK of less than the last one"
    assert window(after(end, rcv("ACK", 5021, 1050, data=5, window=200))) == 600, "new text with an old ACK"
    assert window(after(end, rcv("ACK", 5026, 1101, window=100))) == 100


def test_last_ack_answers_nothing_once_its_fin_is_acknowledged() -> None:
    """Not even text beyond the window: the TCB is deleted and the endpoint returns (§3.10.7.4, fifth check)."""
    end = after(endpoint("LAST-ACK"), rcv("ACK", 5002, 1002, data=BUFFER + 10))
    assert (sent(end), end.state.name) == ([], "CLOSED")


def test_the_syn_ack_of_a_simultaneous_open_tells_the_window() -> None:
    [segment] = after(endpoint("SYN-SENT"), SYN_IN).out.segments
    assert (segment.show(), segment.window) == ("SYN,ACK SEQ=1000 ACK=5001", BUFFER)


def test_urgent_data_may_come_with_the_syn_ack() -> None:
    """§3.10.7.3: after SYN,ACK processing goes on at the sixth check, URG."""
    urgent = Segment(Seq("", 5000), Seq("", 1001), flags(SYN, ACK, URG), b"", BUFFER, "peer", (), 10)
    end = after(endpoint("SYN-SENT"), lambda one: segment_arrives(one, urgent))
    assert [signal.name for signal in end.out.signals] == ["urgent data"]
    end = after(endpoint("SYN-SENT"), lambda one: segment_arrives(one, replace(urgent, urgent_pointer=0)))
    assert end.out.signals == []


def test_a_repeated_fin_in_time_wait_is_not_dropped() -> None:
    end = after(endpoint("TIME-WAIT"), rcv("FIN,ACK", 5001, 1002))
    assert (end.out.dropped, end.out.restarted_2msl) == (None, True)


@pytest.mark.parametrize(
    "first, second, kept",
    [
        ((5011, 5), (5011, 10), [(5011, 5020)]), ((5015, 6), (5011, 10), [(5011, 5020)]), ((5011, 10), (5012, 3), [(5011, 5020)]),
        ((5011, 10), (5011, 10), [(5011, 5020)]), ((5011, 5), (5014, 7), [(5011, 5015), (5014, 5020)]), ((5021, 5), (5011, 5), [(5011, 5015), (5021, 5025)]),
    ],
    ids=str,
)  # fmt: skip
def test_nothing_is_held_twice(first: tuple[int, int], second: tuple[int, int], kept: list[tuple[int, int]]) -> None:
    end = endpoint("ESTABLISHED")
    for seq, length in (first, second):
        after(end, rcv("ACK", seq, data=length))
    assert held(end) == kept


@pytest.mark.parametrize("messages, of_client, of_server", [(2, [], ""), (3, ["ACK"], ""), (4, ["ACK"], "ACK")])
def test_a_handshake_has_as_many_messages_as_the_rules_say(messages: int, of_client: list[str], of_server: str) -> None:
    caller = after(Endpoint("end", (ISS,), Rules(messages)), calls.open_active)
    after(caller, rcv("SYN,ACK", 5000, 1001))
    assert [one.flags.show() for one in caller.out.segments] == of_client
    listener = after(Endpoint("end", (ISS,), Rules(messages)), calls.open_passive)
    SYN_IN(listener)  # with two messages into a state that no row of the table leads to
    assert all(isinstance(id, str) for id in listener.out.elements)
    assert listener.state.name == ("ESTABLISHED" if messages == 2 else "SYN-RECEIVED")
    assert " ".join(one.flags.show() for one in after(listener, rcv("ACK")).out.segments) == of_server


def test_a_clone_bears_the_name_and_the_numbers_of_its_model() -> None:
    end = Endpoint("end", (ISS,), Rules(4))
    one = end.clone()
    assert (one.rules, one.key()) == (Rules(4), end.key())
    [syn] = after(one, calls.open_active).out.segments
    assert (syn.sender, syn.seq) == ("end", ISS)


def test_a_delayed_ack_waits_on_while_nothing_more_comes_than_an_ack() -> None:
    end = after(endpoint("ESTABLISHED", delayed_ack=True), rcv("ACK", data=10), rcv("ACK", 5011))
    assert sent(end) == []
    assert sent(after(end, timeouts.delayed_ack)) == ["ACK SEQ=1001 ACK=5011"]


def test_a_reopened_time_wait_is_returned_to_by_a_second_syn_or_a_reset() -> None:
    """§3.6.1, MAY-2: "returns to TIME-WAIT state if the SYN turns out to be an old duplicate"."""
    for proof in (rcv("RST", 6001), rcv("SYN", 6001)):
        end = after(endpoint("TIME-WAIT"), rcv("SYN", 6000), proof)
        assert [state.name for state in end.out.path] == ["SYN-RECEIVED", "TIME-WAIT"]
        assert sent(after(end, rcv("FIN,ACK", 5001, 1002))) == ["ACK SEQ=1002 ACK=5002"]


def test_a_user_timeout_in_an_attempt_to_call() -> None:
    end = after(endpoint("SYN-SENT"), timeouts.user)
    assert (end.state.name, [signal.name for signal in end.out.signals]) == ("CLOSED", ["connection aborted due to user timeout"])  # fmt: skip


@pytest.mark.parametrize(
    "kinds, state, signals", [("RST,ACK", "CLOSED", ["connection reset"]), ("RST", "SYN-SENT", [])]
)
def test_a_reset_refuses_a_call_only_with_the_right_ack(kinds: str, state: str, signals: list[str]) -> None:
    end = after(endpoint("SYN-SENT"), rcv(kinds, 5000))
    assert (end.state.name, [signal.name for signal in end.out.signals]) == (state, signals)


def test_a_fin_with_the_ack_of_ours_leads_past_fin_wait_2_unless_text_is_missing() -> None:
    """Figure 5, note 2."""
    end = after(endpoint("FIN-WAIT-1"), rcv("FIN,ACK", 5001, 1002))
    assert [state.name for state in end.out.path] == ["TIME-WAIT"]
    end = after(endpoint("FIN-WAIT-1"), rcv("FIN,ACK", 5011, 1002))
    assert [state.name for state in end.out.path] == ["FIN-WAIT-2"]
    assert [state.name for state in after(end, rcv("ACK", 5001, 1002, data=10)).out.path] == ["TIME-WAIT"]


def test_a_fin_that_ends_data_is_acknowledged_by_its_own_number() -> None:
    end = after(endpoint("ESTABLISHED"), rcv("ACK", window=0), lambda one: calls.send(one, b"abc"), calls.close)
    assert sent(after(end, rcv("ACK", window=100))) == ["FIN,PSH,ACK SEQ=1001 ACK=5001 LEN=3"]
    assert after(end, rcv("ACK", ack=1004)).state.name == "FIN-WAIT-1"
    assert after(end, rcv("ACK", ack=1005)).state.name == "FIN-WAIT-2"


def test_the_first_octet_of_a_connection_may_be_urgent() -> None:
    """The pointer names the octet after the urgent ones (MUST-62), here the second."""
    urgent = Segment(Seq("", 5001), Seq("", 1001), flags(ACK, URG), b"!", BUFFER, "peer", (), 1)
    end = after(endpoint("ESTABLISHED"), lambda one: segment_arrives(one, urgent))
    assert [signal.name for signal in end.out.signals] == ["urgent data"]


def test_a_syn_is_challenged_wherever_it_lies() -> None:
    """§3.10.7.4, fourth check: "irrespective of the sequence number", also before text that would be taken."""
    end = after(endpoint("ESTABLISHED"), rcv("SYN,ACK", 5000, data=10))
    assert end.out.dropped is not None
    assert (end.out.dropped.name, sent(end), end.out.delivered) == ("SYN in connection", ["ACK SEQ=1001 ACK=5001"], b"")


def test_one_octet_in_the_window_is_enough() -> None:
    assert len(after(endpoint("ESTABLISHED"), rcv("ACK", 4992, data=10)).out.delivered) == 1
    assert len(after(endpoint("ESTABLISHED"), rcv("ACK", 4991, data=10)).out.delivered) == 0


def test_a_reset_gives_no_window() -> None:
    for end in (after(endpoint("CLOSED"), rcv("SYN", 5000)), after(endpoint("ESTABLISHED"), calls.abort)):
        assert [one.window for one in end.out.segments] == [0]


def numbered(segment: Segment) -> dict[int, object]:
    """What a segment carries under each of its sequence numbers."""
    things = [*([SYN] if SYN in segment.flags else []), *segment.data, *([FIN] if FIN in segment.flags else [])]
    return dict(enumerate(things, segment.seq.value))


@given(
    st.integers(90, 110),
    st.binary(max_size=12),
    st.sampled_from(["ACK", "SYN", "FIN,ACK", "FIN,SYN"]),
    st.integers(1, 14),
)
def test_trimming_leaves_exactly_what_lies_in_the_window(seq: int, data: bytes, kinds: str, window: int) -> None:
    """What begins before RCV.NXT = 100 and what ends beyond the window is cut off (§3.10.7.4, after the first check)."""
    tcb = Tcb(ESTABLISHED, rcv_nxt=Seq("", 100), rcv_buff=window)
    segment = Segment(Seq("", seq), None, TermSet(FLAGS).read(kinds), data)
    inside = {number: one for number, one in numbered(segment).items() if 100 <= number < 100 + window}
    assume(inside)
    assert numbered(trim(tcb, segment)) == inside


def test_what_is_held_stays_when_the_same_numbers_come_again() -> None:
    """Whoever sends other octets under numbers that are held cannot replace what came first."""

    def text(octets: bytes) -> Segment:
        return Segment(Seq("", 5006), Seq("", 1001), flags(ACK), octets, BUFFER, "peer")

    end = after(endpoint("ESTABLISHED"), *(lambda one, octets=octets: segment_arrives(one, text(octets)) for octets in (b"first", b"later")))  # fmt: skip
    assert held(end) == [(5006, 5010)]
    assert after(end, rcv("ACK", 5001, data=5)).out.delivered[5:] == b"first"


def test_the_ack_of_our_fin_counts_where_the_fin_beside_it_contradicts_text_that_is_held() -> None:
    """The SYN brought text for the number that the FIN claims; what came first stays, and FIN-WAIT-1 is over."""
    syn = Segment(Seq("", 5000), None, flags(SYN), b"early", BUFFER, "peer", (Mss(1460),))
    end = after(endpoint("LISTEN"), lambda one: segment_arrives(one, syn), calls.close)
    assert end.state.name == "FIN-WAIT-1"
    after(end, rcv("FIN,ACK", 5001, 1002, data=4))
    assert (end.state.name, end.out.delivered, sent(end)) == ("FIN-WAIT-2", b"early", ["ACK SEQ=1002 ACK=5006"])


def test_the_ack_of_the_fin_comes_before_a_fin_that_was_held() -> None:
    """§3.10.7.4: the fifth check enters FIN-WAIT-2, the eighth finds the peer's FIN there; no segment had both."""
    end = after(endpoint("FIN-WAIT-1"), rcv("FIN,ACK", 5011))
    path = after(end, rcv("ACK", 5001, 1002, data=10)).out.path
    assert [state.name for state in path] == ["FIN-WAIT-2", "TIME-WAIT"]


def test_a_fin_beyond_a_gap_does_not_hide_the_ack_beside_it() -> None:
    end = after(endpoint("FIN-WAIT-1"), rcv("FIN,ACK", 5011, 1002))
    assert [state.name for state in end.out.path] == ["FIN-WAIT-2"]


def test_text_before_a_further_gap_rests_on_what_is_still_held() -> None:
    end = after(endpoint("ESTABLISHED"), rcv("ACK", 5021, data=10))
    assert "rule:out-of-order" in after(end, rcv("ACK", 5001, data=10)).out.elements
