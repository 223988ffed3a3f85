"""A closed window: probes, their answers, and the news of its opening (RFC 9293 §3.8.6.1, §3.8.6.2.2)."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Policy
from quizgen.models.tcp.network import Network
from quizgen.models.tcp.options import Mss, WindowScale
from quizgen.models.tcp.segment import ACK, RST, SYN, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import Term
from tests.models.tcp.conftest import Runs
from tests.models.tcp.endpoints import REACH, after, endpoint, rcv, sent


def sending(octets: int) -> Callable[[Endpoint], None]:
    return lambda end: calls.send(end, bytes(octets))


def blocked(*steps: Callable[[Endpoint], Any], state: str = "ESTABLISHED") -> Endpoint:
    """An endpoint in ESTABLISHED or CLOSE-WAIT whose peer has closed the window."""
    seq = 5001 + (state == "CLOSE-WAIT")
    return after(endpoint(state), rcv("ACK", seq, window=0), *steps)


def test_nothing_goes_into_a_closed_window_but_one_octet_at_a_time() -> None:
    """MUST-36. The probe is not counted as sent until the peer says that it took it."""
    end = blocked(sending(3))
    assert sent(end) == []
    for _ in range(3):
        assert sent(after(end, timeouts.persist)) == ["ACK SEQ=1001 ACK=5001 LEN=1"]
        assert sent(after(end, rcv("ACK", ack=1001, window=0))) == []


def test_a_probe_that_was_taken_has_been_sent() -> None:
    end = blocked(sending(3), timeouts.persist)
    assert sent(after(end, rcv("ACK", ack=1002, window=1))) == ["ACK SEQ=1002 ACK=5001 LEN=1"]
    assert sent(after(end, rcv("ACK", ack=1003, window=0), timeouts.persist)) == ["PSH,ACK SEQ=1003 ACK=5001 LEN=1"]


def test_only_what_a_probe_brought_may_be_acknowledged() -> None:
    for steps, ack in (((), 1002), ((timeouts.persist,), 1003)):
        end = after(blocked(sending(3), *steps), rcv("ACK", ack=ack, window=9))
        assert end.out.dropped is not None
        assert end.out.dropped.name == "ACK of the unsent"


def test_probing_never_ends_the_connection() -> None:
    """MUST-37"""
    end = blocked(sending(2))
    for _ in range(200):
        after(end, timeouts.persist, rcv("ACK", window=0))
    assert end.state.name == "ESTABLISHED"
    assert sent(after(end, rcv("ACK", window=10))) == ["PSH,ACK SEQ=1001 ACK=5001 LEN=2"]


@pytest.mark.parametrize("state", sorted(REACH))
def test_there_is_nothing_to_probe_for_without_data(state: str) -> None:
    end = endpoint(state)
    assert not timeouts.persist(end)
    assert end.out.segments == []


def test_an_open_window_is_not_probed() -> None:
    assert not timeouts.persist(after(endpoint("ESTABLISHED"), sending(3)))


def test_a_window_that_shrank_to_zero_is_probed_by_what_is_sent_again() -> None:
    """MUST-35"""
    end = after(endpoint("ESTABLISHED"), sending(10), rcv("ACK", window=0), sending(5))
    assert not timeouts.persist(end)
    assert sent(after(end, timeouts.retransmission)) == ["PSH,ACK SEQ=1001 ACK=5001 LEN=10"]
    assert sent(after(end, rcv("ACK", ack=1011, window=0), timeouts.persist)) == ["ACK SEQ=1011 ACK=5001 LEN=1"]


@pytest.mark.parametrize(
    "window, goes", [(10, "PSH,ACK SEQ=1001 ACK=5001 LEN=10"), (11, "FIN,PSH,ACK SEQ=1001 ACK=5001 LEN=10")]
)
def test_a_fin_needs_room_in_the_window(window: int, goes: str) -> None:
    """It occupies a sequence number (§3.4)."""
    assert sent(after(endpoint("ESTABLISHED"), rcv("ACK", window=0), sending(10), calls.close, rcv("ACK", window=window))) == [goes]  # fmt: skip


def test_a_fin_alone_is_the_probe_where_no_data_wait() -> None:
    end = blocked(calls.close)
    assert (end.state.name, sent(end)) == ("FIN-WAIT-1", [])
    assert sent(after(end, timeouts.persist)) == ["FIN,ACK SEQ=1001 ACK=5001"]
    assert after(end, rcv("ACK", ack=1002)).state.name == "FIN-WAIT-2"


def test_close_in_close_wait_waits_for_its_data() -> None:
    """§3.10.4: LAST-ACK is entered when the FIN has been sent, not before."""
    end = blocked(sending(2), calls.close, state="CLOSE-WAIT")
    assert (end.state.name, sent(end)) == ("CLOSE-WAIT", [])
    after(end, sending(1), calls.close)
    assert [signal.name for signal in end.out.signals] == ["connection closing"] * 2
    after(end, rcv("ACK", 5002, window=9))
    assert (end.state.name, sent(end)) == ("LAST-ACK", ["FIN,PSH,ACK SEQ=1001 ACK=5002 LEN=2"])


def test_a_probe_that_takes_the_last_fin_along_ends_the_connection() -> None:
    end = after(blocked(calls.close, state="CLOSE-WAIT"), timeouts.persist, rcv("ACK", 5002, ack=1002))
    assert (end.state.name, [state.name for state in end.out.path]) == ("CLOSED", ["LAST-ACK", "CLOSED"])


def test_the_users_patience_may_end_also_where_only_a_fin_waits() -> None:
    assert after(blocked(calls.close), timeouts.user).state.name == "CLOSED"


def test_data_that_wait_in_closing_go_when_the_window_opens() -> None:
    end = blocked(sending(2), calls.close, rcv("FIN,ACK", window=0))
    assert end.state.name == "CLOSING"
    assert sent(after(end, timeouts.persist)) == ["ACK SEQ=1001 ACK=5002 LEN=1"]
    assert sent(after(end, rcv("ACK", 5002, window=9))) == ["FIN,PSH,ACK SEQ=1001 ACK=5002 LEN=2"]
    assert after(end, rcv("ACK", 5002, ack=1004)).state.name == "TIME-WAIT"


@pytest.mark.parametrize(
    "flag, window, shown", [(ACK, 0, " WIN=0"), (ACK, 1459, " WIN=1459"), (ACK, 1460, ""), (RST, 0, "")]
)
def test_a_window_is_shown_where_it_holds_the_other_end_back(flag: Term, window: int, shown: str) -> None:
    assert Segment(Seq("x", 1), None, flags(flag), window=window).show() == f"{flag} SEQ=x+1{shown}"


# The receiver


def full(buffer: int = 1000, **policy: Any) -> Endpoint:
    """An endpoint whose user has not read what filled its buffer."""
    end = Endpoint("end", endpoint("CLOSED").isses, policy=Policy(reads=False, buffer=buffer, **policy))
    return after(end, *REACH["ESTABLISHED"], rcv("ACK", data=buffer))


def test_a_closed_window_answers_a_probe_by_its_state() -> None:
    end = after(full(), rcv("ACK", 6001, data=1))
    assert sent(end) == ["ACK SEQ=1001 ACK=6001 WIN=0"]


def test_a_closed_window_takes_the_ack_of_a_probe() -> None:
    end = after(full(), sending(1), rcv("ACK", 6001, ack=1002, data=1))
    assert end.tcb is not None
    assert end.tcb.unacknowledged == ()


@pytest.mark.parametrize(
    "read, told",
    [((499,), []), ((500,), [500]), ((1000,), [1000]), ((499, 1, 1), [500]), ((1,) * 3, []), ((500, 500), [500])],
)
def test_reading_opens_the_window_and_says_so_once(read: tuple[int, ...], told: list[int]) -> None:
    """§3.8.6.2.2: when half of the buffer is free, or a full segment fits."""
    end = full()
    end.out.segments.clear()
    for count in read:
        calls.receive(end, count)
    assert sent(end) == [f"ACK SEQ=1001 ACK=6001 WIN={window}" for window in told]


def test_a_full_segment_is_enough_where_the_buffer_is_large() -> None:
    end = full(BUFFER)
    end.out.segments.clear()
    calls.receive(end, 1459)
    assert sent(end) == []
    calls.receive(end, 1)
    assert end.out.segments[0].window == 1460


def test_who_has_nothing_more_to_receive_is_told_nothing() -> None:
    end = after(endpoint("ESTABLISHED", reads=False), rcv("FIN,ACK", data=BUFFER - 1))
    end.out.segments.clear()
    assert len(calls.receive(end)) == BUFFER - 1
    assert sent(end) == []


# Both ends


def network(both_write: bool) -> Network:
    """The server holds 1000 octets and its user does not read; 1500 have been given. `both_write`: the client, too."""
    made = Network()
    for end in made.ends.values():
        end.policy = Policy(reads=False, buffer=1000)
    made.call("server", calls.open_passive)
    made.call("client", calls.open_active)
    silence(made)
    for name in ("client", "server") if both_write else ("client",):
        made.call(name, calls.send, bytes(1500))
    made.call("client", calls.close)
    return made


def silence(network: Network, lost: tuple[int, ...] = ()) -> None:
    """Deliver everything; the segments with these numbers vanish."""
    for _ in range(100):
        if not network.wire:
            return
        flight = network.wire[0]
        (network.lose if flight.n in lost else network.deliver)(flight)
    pytest.fail("the wire does not fall silent")


@pytest.mark.parametrize("both_write", [False, True], ids=["one", "both"])
@pytest.mark.parametrize("lost", [(), *combinations(range(4, 12), 1), *combinations(range(4, 12), 2)], ids=str)
def test_all_data_and_the_fin_arrive_whatever_is_lost(both_write: bool, lost: tuple[int, ...]) -> None:
    """Also where both windows are closed, when ACKs from beyond the window would answer each other for ever."""
    ends, got = network(both_write), {"client": 0, "server": 0}
    for _ in range(12):
        silence(ends, lost)
        for name in got:
            for timer in (timeouts.persist, timeouts.retransmission):
                ends.call(name, timer)
                silence(ends, lost)
            got[name] += len(ends.call(name, calls.receive, 400)[1])
    assert got == {"server": 1500, "client": 1500 if both_write else 0}
    assert [end.state.name for end in ends.ends.values()] == ["FIN-WAIT-2", "CLOSE-WAIT"]


def test_scenario(runs: Runs) -> None:
    run = runs["zero_window_probe"]
    assert [segment.show() for segment in run.sent] == [
        "ACK SEQ=x+1 ACK=y+1 LEN=1000", "ACK SEQ=y+1 ACK=x+1001 WIN=0", "ACK SEQ=x+1001 ACK=y+1 LEN=1",
        "ACK SEQ=y+1 ACK=x+1001 WIN=0", "ACK SEQ=y+1 ACK=x+1001 WIN=1000", "ACK SEQ=x+1001 ACK=y+1 LEN=1",
        "ACK SEQ=y+1 ACK=x+1002 WIN=999", "PSH,ACK SEQ=x+1002 ACK=y+1 LEN=499", "ACK SEQ=y+1 ACK=x+1501 WIN=500",
    ]  # fmt: skip
    assert run.sent[4].fate.name == "LOST"


def test_a_fin_that_a_probe_brought_is_the_last_of_close_wait() -> None:
    """§3.10.4: LAST-ACK is entered when the FIN has been sent. It is not sent a second time."""
    end = blocked(calls.close, timeouts.persist, state="CLOSE-WAIT")
    assert end.state.name == "CLOSE-WAIT"
    assert sent(end) == ["FIN,ACK SEQ=1001 ACK=5002"]
    after(end, rcv("ACK", 5002, 1002, window=9))
    assert [[term.name for term in move] for move in end.out.moves] == [
        ["CLOSE-WAIT", "CLOSE", "LAST-ACK"], ["LAST-ACK", "rcv ACK of FIN", "CLOSED"],
    ]  # fmt: skip
    assert sent(end) == []
    end = blocked(calls.close, timeouts.persist)
    assert sent(after(end, rcv("ACK", 5001, 1002, window=9))) == []
    assert end.state.name == "FIN-WAIT-2"


def test_a_probe_is_taken_once() -> None:
    end = blocked(sending(3), timeouts.persist, rcv("ACK", ack=1002, window=0))
    after(end, rcv("ACK", ack=1003, window=0))
    assert end.out.dropped is not None
    assert end.out.dropped.name == "ACK of the unsent"


def test_a_probe_tells_the_window_of_its_own_side() -> None:
    [probe] = blocked(sending(3), timeouts.persist).out.segments
    assert probe.window == BUFFER


@pytest.mark.parametrize("shift, taken, told", [(None, 1460, 1460), (None, 1459, None), (7, 2000, 15), (7, 1460, None)])
def test_a_scaled_window_is_told_where_a_full_segment_fits(shift: int | None, taken: int, told: int | None) -> None:
    """What counts is what the peer can understand: in units of 2^shift octets."""
    options = (Mss(1460), *([WindowScale(shift)] if shift is not None else []))
    end = Endpoint("end", (Seq("", 1000),), policy=Policy(reads=False, window_scale=shift))
    syn = Segment(Seq("", 5000), None, flags(SYN), b"", BUFFER, "peer", options)
    after(end, calls.open_passive, lambda one: segment_arrives(one, syn), rcv("ACK"), rcv("ACK", data=BUFFER))
    after(end, lambda one: calls.receive(one, taken))
    assert [one.window for one in end.out.segments] == ([told] if told is not None else [])


def test_half_of_an_odd_buffer_is_rounded_down() -> None:
    end = after(
        Endpoint("end", (Seq("", 1000),), policy=Policy(reads=False, buffer=5)),
        *REACH["ESTABLISHED"],
        rcv("ACK", data=5),
    )
    assert [one.window for one in after(end, lambda one: calls.receive(one, 1)).out.segments] == []
    assert [one.window for one in after(end, lambda one: calls.receive(one, 1)).out.segments] == [2]
