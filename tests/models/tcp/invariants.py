"""What holds of a TCB after every event, whatever arrived and whatever the user did (RFC 9293 §3.3.1, §3.4, §3.10)."""

from __future__ import annotations

from itertools import pairwise

from quizgen.models.tcp.endpoint.tcb import Endpoint, Tcb
from quizgen.models.tcp.segment import MSS, SYN
from quizgen.models.tcp.states import TABLE

BEFORE_CONNECTION = frozenset({"SYN-SENT", "SYN-RECEIVED"})
AFTER_PEERS_FIN = frozenset({"CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"})
FIN_IS_SENT = frozenset({"FIN-WAIT-2", "LAST-ACK", "TIME-WAIT"})
FIN_MAY_BE_SENT = FIN_IS_SENT | {"FIN-WAIT-1", "CLOSING"}
_MOVES = frozenset((row.state, row.event, row.next) for row in TABLE)


def check(end: Endpoint) -> None:
    """Assert every invariant of an endpoint, and of what its last event led to."""
    assert set(end.out.moves) <= _MOVES
    assert all(0 <= one.window <= 65535 and one.length <= MSS for one in end.out.segments)
    if end.tcb is None:
        assert end.state.name == "CLOSED"
    else:
        check_tcb(end.tcb)


def check_tcb(tcb: Tcb) -> None:
    """Assert every invariant of a TCB."""
    assert tcb.state.name != "CLOSED"
    _windows(tcb)
    if tcb.state.name == "LISTEN":
        assert tcb.passive
        assert not any((tcb.unacknowledged, tcb.held, tcb.unsent, tcb.unread, tcb.fin_queued, tcb.former))
        return
    _sending(tcb)
    _closing(tcb)
    if tcb.state.name == "SYN-SENT":
        assert not any((tcb.passive, tcb.held, tcb.unread, tcb.ack_due))
    else:
        _receiving(tcb)
    if tcb.former:
        assert (tcb.state.name, tcb.former.state.name, tcb.passive) == ("SYN-RECEIVED", "TIME-WAIT", True)
        assert tcb.iss >= tcb.former.snd_nxt
        check_tcb(tcb.former)


def _windows(tcb: Tcb) -> None:
    assert 0 <= tcb.rcv_wnd <= tcb.rcv_buff
    assert 0 <= tcb.snd_wnd <= 65535 << tcb.snd_wind_shift
    assert tcb.snd_wnd <= tcb.max_snd_wnd
    assert 1 <= tcb.snd_mss <= MSS
    assert 0 <= tcb.snd_wind_shift <= 14
    assert tcb.scaling or tcb.snd_wind_shift == tcb.rcv_wind_shift == 0


def _sending(tcb: Tcb) -> None:
    """The retransmission queue reaches from SND.UNA to SND.NXT; nothing waits that the window has room for."""
    queue, in_flight = tcb.unacknowledged, tcb.snd_nxt.after(tcb.snd_una)
    assert 0 <= in_flight <= max(tcb.max_snd_wnd, 1)
    assert bool(queue) == bool(in_flight)
    if queue:
        assert queue[0].seq <= tcb.snd_una < queue[0].end
        assert queue[-1].end == tcb.snd_nxt
    assert all(one.end == following.seq for one, following in pairwise(queue))
    assert all(one.occupies for one in queue)
    syns = [one for one in queue if SYN in one.flags]
    assert [one.seq for one in syns] == [tcb.iss] * len(syns)
    if tcb.state.name in BEFORE_CONNECTION:
        assert (tcb.snd_una, tcb.snd_nxt) == (tcb.iss, tcb.iss + 1)
    elif tcb.unsent or tcb.fin_queued:
        assert tcb.usable_window <= 0
    if tcb.probed:
        assert not queue
        assert tcb.unsent or tcb.fin_queued


def _closing(tcb: Tcb) -> None:
    """State against FIN: queued, sent, acknowledged."""
    state = tcb.state.name
    assert not (tcb.fin_queued and tcb.fin)
    if tcb.fin:
        assert state in FIN_MAY_BE_SENT
        assert tcb.fin + 1 == tcb.snd_nxt
        assert not tcb.unsent
    assert tcb.fin_acknowledged == (state in ("FIN-WAIT-2", "TIME-WAIT"))
    if state in FIN_MAY_BE_SENT:
        assert tcb.fin or (tcb.fin_queued and state not in FIN_IS_SENT)
    if state in ("SYN-SENT", "ESTABLISHED"):
        assert not tcb.fin_queued
    if state == "SYN-RECEIVED" and tcb.fin_queued:
        assert tcb.unsent


def _receiving(tcb: Tcb) -> None:
    """What is held lies in the window, in order, none within another, and behind a gap once the SYN is acknowledged."""
    assert tcb.rcv_nxt != tcb.irs
    assert tcb.rcv_up >= tcb.rcv_nxt
    for one, following in pairwise(tcb.held):
        assert one.seq < following.seq
        assert one.end < following.end
    for one in tcb.held:
        assert one.occupies
        assert one.seq >= tcb.rcv_nxt
        assert one.end.after(tcb.rcv_nxt) <= tcb.rcv_wnd
        assert one.seq > tcb.rcv_nxt or tcb.snd_una == tcb.iss
    if tcb.state.name in AFTER_PEERS_FIN:
        assert not tcb.held
