"""Timeouts: they come as events, since an endpoint has no clock (RFC 9293 §3.10.8, §3.8.6.3)."""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.tcp.endpoint.tcb import Endpoint, Tcb
from quizgen.models.tcp.segment import ACK, FIN, PSH, flags
from quizgen.models.tcp.states import CLOSED, SYN_RECEIVED, SYN_SENT, TIME_WAIT, TIMEOUT_2MSL, USER_TIMEOUT


def retransmission(end: Endpoint) -> bool:
    """Send the oldest unacknowledged segment again, with the present ACK and window. False: nothing waits for an ACK."""
    tcb = end.tcb
    if tcb is None or not tcb.unacknowledged or not end.rules.applies("retransmission"):
        return False
    oldest = tcb.unacknowledged[0]
    again = replace(oldest, ack=tcb.rcv_nxt if ACK in oldest.flags else None, window=tcb.window_field(oldest.flags))
    end.send(again.seq, again.flags, again.ack, again.data, again.window, again.options)
    end.out.elements.add("rule:retransmission")
    return True


def persist(end: Endpoint) -> bool:
    """Probe a zero window (§3.8.6.1, MUST-36), as often as it takes (MUST-37). False: the window is open, nothing waits
    for it, or what is unacknowledged does the probing when it is sent again.
    """
    tcb = end.tcb
    if tcb is None or tcb.state in (SYN_SENT, SYN_RECEIVED) or tcb.unacknowledged:
        return False
    if not end.rules.applies("zero-window-probe"):
        return False
    if not (tcb.unsent or tcb.fin_queued):  # which an open window would have let go
        return False
    _probe(end, tcb)
    return True


def _probe(end: Endpoint, tcb: Tcb) -> None:
    """Send the next octet, or the FIN where there is none, although the window is closed.

    SND.NXT stays: where the window of this direction is closed, too, ACKs from beyond it would not be acceptable, and ACKs
    would answer each other without end (Appendix A.2).
    """
    data = tcb.unsent[:1]
    more = [FIN] if not data else [PSH] if len(tcb.unsent) == 1 else []
    kinds = flags(ACK, *more)
    end.send(tcb.snd_nxt, kinds, tcb.rcv_nxt, data, tcb.window_field(kinds))
    end.out.elements.add("rule:zero-window-probe")
    tcb.probed = True


def time_wait(end: Endpoint) -> bool:
    """2MSL have passed in TIME-WAIT. False: the end is in another state."""
    if end.tcb is None or end.tcb.state != TIME_WAIT or not end.tcb.timed:
        return False
    end.enter(CLOSED, TIMEOUT_2MSL)
    return True


def user(end: Endpoint) -> bool:
    """The user's patience is at an end. False: nothing is waiting to be sent or acknowledged (§3.9.1.1)."""
    tcb = end.tcb
    if tcb is None or not (tcb.unacknowledged or tcb.unsent or tcb.fin_queued):
        return False
    end.signal("connection aborted due to user timeout")
    end.enter(CLOSED, USER_TIMEOUT)
    return True


def delayed_ack(end: Endpoint) -> bool:
    """The delay of an ACK is over (at most 0.5 s, §3.8.6.3). False: no ACK waits."""
    tcb = end.tcb
    if tcb is None or not tcb.ack_due:
        return False
    end.send_ack(tcb)
    return True
