"""The fifth check of SEGMENT ARRIVES, the ACK, and the RST that answers a wrong one (RFC 9293 §3.10.7.4, §3.5.2)."""

from __future__ import annotations

from quizgen.models.tcp.endpoint.tcb import ZERO, Endpoint, Tcb
from quizgen.models.tcp.segment import ACK, FIN, RST, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import (
    CLOSE,
    CLOSE_WAIT,
    CLOSED,
    CLOSING,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    LAST_ACK,
    RCV_ACK_OF_FIN,
    RCV_ACK_OF_SYN,
    SYN_RECEIVED,
    TIME_WAIT,
)


def reset(end: Endpoint, segment: Segment, rule: str) -> None:
    """Answer by a RST that the sender of the segment will accept (§3.5.2)."""
    end.out.elements.add(f"rule:{rule}")
    if not end.rules.applies(rule):
        return
    if segment.ack is not None:
        end.send(segment.ack, flags(RST))
    else:
        end.send(ZERO, flags(RST, ACK), segment.end)


def check_ack(end: Endpoint, tcb: Tcb, segment: Segment, rest: Segment) -> bool:
    """Fifth check; whether to go on with the text."""
    assert segment.ack is not None
    if tcb.state == SYN_RECEIVED:
        if not tcb.snd_una < segment.ack <= tcb.snd_nxt:
            end.drop("unacceptable ACK")
            reset(end, segment, "reset-of-wrong-ack")
            return False
        end.enter(ESTABLISHED, RCV_ACK_OF_SYN)
        tcb.former = None
        tcb.take_window(segment, segment.ack)
        if end.rules.messages > 3:
            end.send_ack(tcb)
    elif not _in_range(end, tcb, segment.ack):
        end.send_ack(tcb)
        return False
    if segment.ack > tcb.snd_nxt:
        _probe_taken(end, tcb)
    acknowledge(end, tcb, segment.ack)
    _update_window(tcb, segment)
    end.out.elements.add("rule:cumulative-ack")
    return _after_ack_of_fin(end, tcb, rest)


def _in_range(end: Endpoint, tcb: Tcb, ack: Seq) -> bool:
    """Whether SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT: RFC 5961 §5.2's defence against blind data (MAY-12)."""
    if ack > tcb.snd_nxt + tcb.probed:
        end.drop("ACK of the unsent")
        return False
    if tcb.snd_una.after(ack) > tcb.max_snd_wnd:
        end.drop("ACK too old")
        return False
    return True


def _probe_taken(end: Endpoint, tcb: Tcb) -> None:
    """The peer acknowledges what a zero-window probe brought: that has been sent after all."""
    tcb.probed = False
    if tcb.unsent:
        tcb.unsent = tcb.unsent[1:]
    else:
        tcb.fin, tcb.fin_queued = tcb.snd_nxt, False
        if tcb.state == CLOSE_WAIT:
            end.enter(LAST_ACK, CLOSE)
    tcb.snd_nxt += 1


def acknowledge(end: Endpoint, tcb: Tcb, ack: Seq) -> None:
    """Advance SND.UNA and forget what need not be repeated: all that ends where the ACK says, or before."""
    if ack > tcb.snd_una:
        tcb.snd_una = ack
        alone = not end.rules.applies("cumulative-ack")
        tcb.unacknowledged = tuple(
            segment for segment in tcb.unacknowledged if segment.end > ack or (alone and segment.end != ack)
        )


def _update_window(tcb: Tcb, segment: Segment) -> None:
    """Take the window of the segment unless a later one has already given it (§3.10.7.4)."""
    assert segment.ack is not None
    newer = tcb.snd_wl1 < segment.seq or (tcb.snd_wl1 == segment.seq and tcb.snd_wl2 <= segment.ack)
    if segment.ack >= tcb.snd_una and newer:
        tcb.take_window(segment, segment.ack)


def _after_ack_of_fin(end: Endpoint, tcb: Tcb, rest: Segment) -> bool:
    """The states that wait for the ACK of their FIN; whether to go on with the text."""
    if not tcb.fin_acknowledged:
        if tcb.state == CLOSING:
            end.drop("FIN not acknowledged")
            end.transmit(tcb)
        return tcb.state != CLOSING
    if tcb.state == FIN_WAIT_1:
        # Its own FIN in the same segment leads past FIN-WAIT-2 (Figure 5, note 2); see text.py.
        if not (FIN in rest.flags and rest.seq == tcb.rcv_nxt):
            end.enter(FIN_WAIT_2, RCV_ACK_OF_FIN)
    elif tcb.state == CLOSING:
        end.enter(TIME_WAIT, RCV_ACK_OF_FIN)
    elif tcb.state == LAST_ACK:
        end.enter(CLOSED, RCV_ACK_OF_FIN)
        return False
    return True
