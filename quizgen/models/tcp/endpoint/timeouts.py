"""Timeouts: they come as events, since an endpoint has no clock (RFC 9293 §3.10.8, §3.8.6.3)."""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.tcp.endpoint.tcb import Endpoint
from quizgen.models.tcp.segment import ACK
from quizgen.models.tcp.states import CLOSED, TIME_WAIT, TIMEOUT_2MSL, USER_TIMEOUT


def retransmission(end: Endpoint) -> bool:
    """Send the oldest unacknowledged segment again, with the present ACK and window. False: nothing waits for an ACK."""
    tcb = end.tcb
    if tcb is None or not tcb.unacknowledged:
        return False
    oldest = tcb.unacknowledged[0]
    again = replace(oldest, ack=tcb.rcv_nxt if ACK in oldest.flags else None, window=tcb.window_field(oldest.flags))
    end.send(again.seq, again.flags, again.ack, again.data, again.window, again.options)
    end.out.elements.add("rule:retransmission")
    return True


def time_wait(end: Endpoint) -> bool:
    """2MSL have passed in TIME-WAIT. False: the end is in another state."""
    if end.state != TIME_WAIT:
        return False
    end.enter(CLOSED, TIMEOUT_2MSL)
    return True


def user(end: Endpoint) -> bool:
    """The user's patience is at an end. False: nothing is waiting to be sent or acknowledged (§3.9.1.1)."""
    tcb = end.tcb
    if tcb is None or not (tcb.unacknowledged or tcb.unsent):
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
