"""The user's calls: OPEN, SEND, RECEIVE, CLOSE, ABORT, STATUS (RFC 9293 §3.10.1 to §3.10.6)."""

from __future__ import annotations

from quizgen.models.tcp.endpoint.rules import SENDING
from quizgen.models.tcp.endpoint.tcb import BUFFER, Endpoint, Tcb
from quizgen.models.tcp.segment import RST, SYN, flags
from quizgen.models.tcp.states import (
    ABORT,
    ACTIVE_OPEN,
    CLOSE,
    CLOSE_WAIT,
    CLOSED,
    CLOSING,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    LAST_ACK,
    LISTEN,
    PASSIVE_OPEN,
    SEND,
    SYN_RECEIVED,
    SYN_SENT,
    TIME_WAIT,
)
from quizgen.models.values import Term

_QUEUING = frozenset({SYN_SENT, SYN_RECEIVED})
_RESET_ON_ABORT = frozenset({SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT})


def open_passive(end: Endpoint, remote_specified: bool = False) -> None:
    """Wait for a connection (§3.10.1). `remote_specified`: only with the one peer there is, whom SEND may then call."""
    if end.tcb is not None:
        end.signal("connection already exists")
        return
    end.enter(LISTEN, PASSIVE_OPEN)
    _tcb(end).passive, _tcb(end).remote_specified = True, remote_specified


def open_active(end: Endpoint) -> None:
    """Ask for a connection (§3.10.1)."""
    if end.state not in (CLOSED, LISTEN):
        end.signal("connection already exists")
        return
    _call_peer(end, ACTIVE_OPEN)


def _call_peer(end: Endpoint, event: Term) -> None:
    """Choose an ISS and send <SEQ=ISS><CTL=SYN>."""
    end.enter(SYN_SENT, event)
    tcb = _tcb(end)
    tcb.passive = False
    tcb.iss = tcb.snd_una = tcb.snd_nxt = end.next_iss()
    end.send_queued(tcb, flags(SYN))


def send(end: Endpoint, data: bytes) -> None:
    """Give TCP data to send (§3.10.2). Before ESTABLISHED they are queued; after CLOSE it is an error."""
    tcb, state = end.tcb, end.state
    if tcb is None:
        end.signal("connection does not exist")
    elif state == LISTEN and not tcb.remote_specified:
        end.signal("remote socket unspecified")
    elif state not in end.rules.sending | _QUEUING | {LISTEN} or tcb.fin_queued:
        end.signal("connection closing")
    else:
        tcb.unsent += data
        if state == LISTEN:
            _call_peer(end, SEND)
        elif state in end.rules.sending:
            end.transmit(tcb)


def receive(end: Endpoint, count: int = BUFFER) -> bytes:
    """Take at most `count` octets that have arrived (§3.10.3); b"" where they are still to come."""
    tcb = end.tcb
    if tcb is None:
        end.signal("connection does not exist")
        return b""
    if end.state in (CLOSING, LAST_ACK, TIME_WAIT) or (end.state == CLOSE_WAIT and not tcb.unread):
        end.signal("connection closing")
        return b""
    before = _announced(tcb)
    data, tcb.unread = tcb.unread[:count], tcb.unread[count:]
    end.out.delivered += data
    if tcb.state in end.rules.receiving and before < min(tcb.rcv_buff // 2, tcb.snd_mss) <= _announced(tcb):
        # The sender may be waiting: worth an ACK once a full segment, or half of the buffer, fits (§3.8.6.2.2).
        end.out.elements.add("rule:window-update")
        if end.rules.applies("window-update"):
            end.send_ack(tcb)
    return data


def _announced(tcb: Tcb) -> int:
    """The window as the peer understands it."""
    return tcb.window_field(flags()) << tcb.rcv_wind_shift


def close(end: Endpoint) -> None:
    """Have no more to send (§3.10.4). Receiving goes on until the peer closes too (§3.6)."""
    tcb, state = end.tcb, end.state
    if tcb is None:
        end.signal("connection does not exist")
    elif state in (LISTEN, SYN_SENT):
        end.enter(CLOSED, CLOSE)
    elif state not in SENDING | {SYN_RECEIVED} or tcb.fin_queued:
        end.signal("connection closing")
    elif state == SYN_RECEIVED and tcb.unsent:
        tcb.fin_queued = True  # entered FIN-WAIT-1 once ESTABLISHED
    else:
        end.out.elements.add("rule:half-close")
        tcb.fin_queued, tcb.former = True, None
        if state != CLOSE_WAIT:
            end.enter(FIN_WAIT_1, CLOSE)
        end.transmit(tcb)


def abort(end: Endpoint) -> None:
    """Drop the connection and all that is queued (§3.10.5); the peer learns of it by <SEQ=SND.NXT><CTL=RST>."""
    tcb = end.tcb
    if tcb is None:
        end.signal("connection does not exist")
        return
    if end.state in _RESET_ON_ABORT:
        end.send(tcb.snd_nxt, flags(RST))
    end.enter(CLOSED, ABORT)


def status(end: Endpoint) -> Term:
    """The connection's state (§3.10.6)."""
    if end.tcb is None:
        end.signal("connection does not exist")
    return end.state


def _tcb(end: Endpoint) -> Tcb:
    assert end.tcb is not None
    return end.tcb
