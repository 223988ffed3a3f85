"""MSS and window scale, agreed upon in the SYNs, and the urgent pointer (RFC 9293 §3.7.1, §3.8.5; RFC 7323 §2)."""

import pytest

from quizgen.models.tcp.endpoint import calls, timeouts
from quizgen.models.tcp.endpoint.arrives import segment_arrives
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Outcome, Policy
from quizgen.models.tcp.network import Network
from quizgen.models.tcp.options import Mss, Option, WindowScale
from quizgen.models.tcp.segment import FLAGS, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import TermSet


def arrives(end: Endpoint, kinds: str, *options: Option, seq: int = 5001, window: int = BUFFER, urgent: int = 0, data: bytes = b"") -> None:  # fmt: skip
    names = TermSet(FLAGS).read(kinds)
    ack = Seq("", 1001) if "ACK" in kinds else None
    end.out = Outcome()
    segment_arrives(end, Segment(Seq("", seq), ack, names, data, window, "peer", options, urgent))


def opened(*options: Option, passive: bool = True, window: int = BUFFER, policy: Policy = Policy()) -> Endpoint:  # noqa: B008
    """An endpoint that is ESTABLISHED after the peer's SYN with these options."""
    end = Endpoint("end", (Seq("", 1000),), policy=policy)
    if passive:
        calls.open_passive(end)
        arrives(end, "SYN", *options, seq=5000, window=window)
        arrives(end, "ACK", window=window)
    else:
        calls.open_active(end)
        arrives(end, "SYN,ACK", *options, seq=5000, window=window)
    return end


@pytest.mark.parametrize("passive", [True, False], ids=["passive", "active"])
@pytest.mark.parametrize(
    "options, longest",
    [((), 536), ((Mss(1460),), 1460), ((Mss(100),), 100), ((Mss(9000),), 1460)],
    ids=["none", "1460", "100", "9000"],
)
def test_no_segment_is_longer_than_the_peer_takes(passive: bool, options: tuple[Option, ...], longest: int) -> None:
    """MUST-14, MUST-15, MUST-16"""
    end = opened(*options, passive=passive)
    end.out = Outcome()
    calls.send(end, bytes(3000))
    assert max(segment.length for segment in end.out.segments) == longest
    assert sum(segment.length for segment in end.out.segments) == 3000


def test_only_a_syn_carries_options() -> None:
    """MUST-65"""
    network = Network()
    for end, call in (("server", calls.open_passive), ("client", calls.open_active)):
        network.call(end, call)
    seen = []
    while network.wire:
        seen.append(network.wire[0].segment)
        network.deliver(network.wire[0])
    network.call("client", calls.send, b"data")
    seen += [flight.segment for flight in network.wire]
    assert [one.options for one in seen] == [(Mss(1460),), (Mss(1460),), (), ()]


SCALES = {"both": (3, 7, (7, 3)), "only-it": (3, None, (0, 0)), "only-the-peer": (None, 7, (0, 0)), "none": (None, None, (0, 0)),
          "zero-counts": (0, 7, (7, 0)), "over-14-is-14": (0, 15, (14, 0))}  # fmt: skip


@pytest.mark.parametrize("passive", [True, False], ids=["passive", "active"])
@pytest.mark.parametrize("own, peers, shifts", SCALES.values(), ids=SCALES)
def test_windows_are_scaled_where_both_offer_it(
    passive: bool, own: int | None, peers: int | None, shifts: tuple[int, int]
) -> None:
    options = () if peers is None else (WindowScale(peers),)
    end = opened(*options, passive=passive, window=1000, policy=Policy(window_scale=own))
    assert end.tcb is not None
    assert (end.tcb.snd_wind_shift, end.tcb.rcv_wind_shift) == shifts
    if not passive:
        assert end.tcb.snd_wnd == 1000, "the window of a SYN is never scaled"
    arrives(end, "ACK", window=1000)
    assert end.tcb.snd_wnd == 1000 << shifts[0]
    arrives(end, "ACK", data=b"x")
    assert end.out.segments[-1].window == BUFFER >> shifts[1]


@pytest.mark.parametrize("passive", [True, False], ids=["passive", "active"])
@pytest.mark.parametrize("peers, later", [((WindowScale(0),), 50000), ((), 65535)], ids=["scaled", "not-scaled"])
def test_a_window_field_holds_no_more_than_65535(passive: bool, peers: tuple[Option, ...], later: int) -> None:
    """A larger buffer shows once windows are scaled; a SYN says as much as its field can (RFC 7323 §2.2)."""
    end = Endpoint("end", (Seq("", 1000),), policy=Policy(buffer=200_000, window_scale=2))
    (calls.open_passive if passive else calls.open_active)(end)
    if passive:
        arrives(end, "SYN", *peers, seq=5000)
    assert end.out.segments[0].window == 65535
    arrives(end, "ACK" if passive else "SYN,ACK", *peers, seq=5000 + passive)
    arrives(end, "ACK,FIN")
    assert end.out.segments[0].window == later


def test_a_syn_ack_offers_scaling_only_in_answer() -> None:
    """RFC 7323 §2.2; its own window in a SYN,ACK is as it is."""
    for options in ((), (WindowScale(2),)):
        end = Endpoint("end", (Seq("", 1000),), policy=Policy(window_scale=5))
        calls.open_passive(end)
        arrives(end, "SYN", *options, seq=5000)
        assert (WindowScale(5) in end.out.segments[0].options) is bool(options)
        assert end.out.segments[0].window == BUFFER


def test_a_repeated_syn_offers_the_same_also_after_the_syns_crossed() -> None:
    end = Endpoint("end", (Seq("", 1000),), policy=Policy(window_scale=5))
    calls.open_active(end)
    first = end.out.segments[0]
    end.out = Outcome()
    timeouts.retransmission(end)
    assert end.out.segments == [first]
    arrives(end, "SYN", Mss(1460), seq=5000)
    assert end.out.segments[0].options == (Mss(1460),)
    end.out = Outcome()
    timeouts.retransmission(end)
    assert (end.out.segments[0].flags.show(), end.out.segments[0].options) == ("SYN, ACK", (Mss(1460),))


def test_urgent_data_are_announced_when_they_come_and_when_they_become_more() -> None:
    """MUST-32; the pointer is relative to SEG.SEQ and names the octet after the urgent ones (MUST-62)."""
    end = opened()
    arrives(end, "ACK,URG", urgent=4)
    assert [signal.name for signal in end.out.signals] == ["urgent data"]
    arrives(end, "ACK,URG", urgent=4)
    assert end.out.signals == []
    arrives(end, "ACK,URG", urgent=6, data=b"ab")
    assert [signal.name for signal in end.out.signals] == ["urgent data"]
    arrives(end, "ACK,URG", seq=5003, urgent=4, data=b"cdef")
    assert end.out.signals == []
    arrives(end, "ACK,URG", seq=5007, urgent=1)
    assert [signal.name for signal in end.out.signals] == ["urgent data"]


def test_urgent_is_ignored_after_the_fin_and_noted_with_a_full_buffer() -> None:
    """§3.10.7.4, sixth check; MUST-66"""
    end = opened()
    arrives(end, "FIN,ACK")
    arrives(end, "ACK,URG", seq=5002, urgent=4)
    assert end.out.signals == []
    full = opened(policy=Policy(reads=False))
    arrives(full, "ACK", data=bytes(BUFFER))
    arrives(full, "ACK,URG", seq=5001 + BUFFER, urgent=4)
    assert [signal.name for signal in full.out.signals] == ["urgent data"]
