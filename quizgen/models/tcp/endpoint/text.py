"""The last checks of SEGMENT ARRIVES: text and FIN, in order, and the answer to them (RFC 9293 §3.10.7.4)."""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.tcp.endpoint.tcb import Endpoint, Tcb
from quizgen.models.tcp.segment import FIN, SYN, Segment, flags
from quizgen.models.tcp.states import (
    CLOSE,
    CLOSE_WAIT,
    CLOSING,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    RCV_ACK_OF_FIN,
    RCV_FIN,
    RCV_FIN_ACK_OF_FIN,
    TIME_WAIT,
)


def trim(tcb: Tcb, segment: Segment) -> Segment:
    """The part of a segment that lies in the window."""
    skip = max(tcb.rcv_nxt.after(segment.seq), 0)
    if not skip and tcb.rcv_nxt.after(segment.seq) + tcb.rcv_wnd >= segment.occupies:
        return segment
    seq, kinds, data = segment.seq, segment.flags, segment.data
    if skip and SYN in kinds:
        skip, seq, kinds = skip - 1, seq + 1, flags(*kinds - {SYN})
    data, seq = data[skip:], seq + min(skip, len(data))
    room = max(tcb.rcv_nxt.after(seq) + tcb.rcv_wnd - (SYN in kinds), 0)
    if len(data) + (FIN in kinds) > room:
        data, kinds = data[:room], flags(*kinds - {FIN})
    return replace(segment, seq=seq, flags=kinds, data=data)


def finish(end: Endpoint, tcb: Tcb, rest: Segment | None = None, *, answer: bool) -> None:
    """Seventh and eighth check: text and FIN, in order, also of segments held; then say what there is to say.

    `answer`: an ACK is owed at once, whatever the text.
    """
    before, ahead = tcb.rcv_nxt, False
    # After the peer's FIN text should not occur; it is ignored, wherever it lies (seventh check).
    if rest is not None and rest.occupies and tcb.state in end.rules.receiving:
        ahead = rest.seq > tcb.rcv_nxt
        _keep(end, tcb, rest, ahead)
    _take_held(end, tcb)
    if tcb.state == FIN_WAIT_1 and tcb.fin_acknowledged:
        end.enter(FIN_WAIT_2, RCV_ACK_OF_FIN)  # a FIN was there, too, but where text is held that came before
    # Kept along, since a pointer far behind would look like one ahead.
    tcb.rcv_up = max(tcb.rcv_up, tcb.rcv_nxt)
    if tcb.fin_queued and tcb.state == ESTABLISHED:
        end.enter(FIN_WAIT_1, CLOSE)
    took = tcb.rcv_nxt != before
    delays = end.policy.delayed_ack and end.rules.applies("delayed-ack")
    at_once = answer or ahead or (took and (tcb.ack_due or not delays))
    tcb.ack_due |= took or at_once
    if not end.transmit(tcb) and at_once:
        end.send_ack(tcb)
    elif took and tcb.ack_due:
        end.out.elements.add("rule:delayed-ack")


def _keep(end: Endpoint, tcb: Tcb, rest: Segment, ahead: bool) -> None:
    """Hold what arrived until its turn, which is at once where there is no gap."""
    if ahead:
        end.out.elements.add("rule:out-of-order")
    if ahead and not end.rules.applies("in-order-delivery"):
        end.out.delivered += rest.data
    if not ahead or end.rules.applies("out-of-order"):
        _hold(tcb, rest)
    else:
        end.drop("not acceptable")


def _hold(tcb: Tcb, segment: Segment) -> None:
    """Keep a segment in its place, unless what is kept has all of it, and in place of what it has all of."""
    if any(one.seq <= segment.seq and segment.end <= one.end for one in tcb.held):
        return
    rest = (one for one in tcb.held if not (segment.seq <= one.seq and one.end <= segment.end))
    tcb.held = tuple(sorted((*rest, segment), key=lambda one: one.seq.after(tcb.rcv_nxt)))


def _take_held(end: Endpoint, tcb: Tcb) -> None:
    """Take text and FIN from what is held, as far as there is no gap."""
    while tcb.held and tcb.held[0].seq <= tcb.rcv_nxt:
        segment, tcb.held = trim(tcb, tcb.held[0]), tcb.held[1:]
        _take_text(end, tcb, segment.data)
        if FIN in segment.flags:
            _take_fin(end, tcb)  # after which nothing is held any more
    if tcb.held:
        end.out.elements.add("rule:out-of-order")


def _take_text(end: Endpoint, tcb: Tcb, data: bytes) -> None:
    """Seventh check."""
    if data:
        tcb.rcv_nxt += len(data)
        end.out.elements.add("rule:in-order-delivery")
        if end.policy.reads:
            end.out.delivered += data
        else:
            tcb.unread += data


def _take_fin(end: Endpoint, tcb: Tcb) -> None:
    """Eighth check."""
    tcb.rcv_nxt += end.rules.counted({FIN})
    tcb.held = ()
    end.signal("remote end closes")
    end.out.elements.add("rule:fin-occupies-one")
    if tcb.state == ESTABLISHED:
        end.enter(CLOSE_WAIT, RCV_FIN)
    elif tcb.state == FIN_WAIT_2:
        end.enter(TIME_WAIT, RCV_FIN)
    elif tcb.fin_acknowledged:
        end.enter(TIME_WAIT, RCV_FIN_ACK_OF_FIN)
    else:
        end.enter(CLOSING, RCV_FIN)
