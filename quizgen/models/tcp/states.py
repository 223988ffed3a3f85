"""The connection states of TCP and the transitions between them, as data (RFC 9293 §3.3.2, Figure 5).

A connection is in one of eleven states, CLOSED being the fictional one in which there is no TCB. Three things move it:
user calls (OPEN, SEND, CLOSE, ABORT), segments that arrive (SYN, ACK, FIN, RST), and timeouts. `TABLE` has one row for
each way to another state; an event without a row in some state leaves that state as it is. The rows are those that
Figure 5 draws, those of its three notes, those that only §3.10 spells out (active OPEN from LISTEN, resets, aborts,
the user timeout), and those of MAY-2, which lets a new SYN reopen a connection from TIME-WAIT.

A segment is taken apart in the order of §3.10.7.4: RST, SYN, ACK, then FIN. One that carries several of them takes
several rows, one after the other: a SYN,ACK that also carries FIN takes SYN-SENT to ESTABLISHED and on to CLOSE-WAIT.
So there is no row for a FIN in SYN-RECEIVED, although the eighth check names that state: the fifth check either drops
the segment or has led to ESTABLISHED, and a FIN that came with the SYN waits for that (§3.10.7.2 queues it, and so do
§3.10.7.3 and §3.5; taken at once, an old duplicate could open and close a connection).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizgen.models.base import Cite, Rfc
from quizgen.models.figure import Arc, StateDiagram
from quizgen.models.values import Domain, Term

STATES = Domain(
    "TCP state",
    (
        "CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",
        "CLOSING", "LAST-ACK", "TIME-WAIT",
    ),
    # What Figure 5 itself, netstat, ss and the kernels of Linux and BSD call them; spaces, underscores, hyphens and
    # case never matter. SYN_SEND is the name of no state anywhere: a frequent mistake, so it is not an alias.
    aliases={
        "CLOSE": "CLOSED", "UNCONN": "CLOSED", "LISTENING": "LISTEN",
        "SYN_RECV": "SYN-RECEIVED", "SYN_RCVD": "SYN-RECEIVED",
        "ESTAB": "ESTABLISHED",
        "FIN_WAIT1": "FIN-WAIT-1", "FINWAIT-1": "FIN-WAIT-1", "FINWAIT1": "FIN-WAIT-1",
        "FIN_WAIT2": "FIN-WAIT-2", "FINWAIT-2": "FIN-WAIT-2", "FINWAIT2": "FIN-WAIT-2",
        "LASTACK": "LAST-ACK", "CLOSEWAIT": "CLOSE-WAIT", "TIMEWAIT": "TIME-WAIT",
    },
)  # fmt: skip
(
    CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK,
    TIME_WAIT,
) = STATES.terms()  # fmt: skip

EVENTS = Domain(
    "TCP event",
    (
        "passive OPEN", "active OPEN", "SEND", "CLOSE", "ABORT",
        "rcv SYN", "rcv SYN,ACK", "rcv ACK of SYN", "rcv FIN", "rcv ACK of FIN", "rcv FIN,ACK of FIN", "rcv RST",
        "2MSL timeout", "user timeout",
    ),
    aliases={"Timeout=2MSL": "2MSL timeout", "time-wait timeout": "2MSL timeout", "OPEN passive": "passive OPEN",
             "OPEN active": "active OPEN", "rcv SYN+ACK": "rcv SYN,ACK"},
    labels={
        "passive OPEN": {"zh": "被动 OPEN"}, "active OPEN": {"zh": "主动 OPEN"},
        "SEND": {"zh": "调用 SEND"}, "CLOSE": {"zh": "调用 CLOSE"}, "ABORT": {"zh": "调用 ABORT"},
        "rcv SYN": {"zh": "收到 SYN"}, "rcv SYN,ACK": {"zh": "收到 SYN,ACK"},
        "rcv ACK of SYN": {"zh": "收到对 SYN 的 ACK"}, "rcv FIN": {"zh": "收到 FIN"},
        "rcv ACK of FIN": {"zh": "收到对 FIN 的 ACK"}, "rcv FIN,ACK of FIN": {"zh": "收到 FIN 及对 FIN 的 ACK"},
        "rcv RST": {"zh": "收到 RST"}, "2MSL timeout": {"zh": "2MSL 超时"}, "user timeout": {"zh": "用户超时"},
    },
)  # fmt: skip
(
    PASSIVE_OPEN, ACTIVE_OPEN, SEND, CLOSE, ABORT, RCV_SYN, RCV_SYN_ACK, RCV_ACK_OF_SYN, RCV_FIN, RCV_ACK_OF_FIN,
    RCV_FIN_ACK_OF_FIN, RCV_RST, TIMEOUT_2MSL, USER_TIMEOUT,
) = EVENTS.terms()  # fmt: skip

AFTER_PASSIVE, AFTER_ACTIVE, AFTER_TIME_WAIT = "after passive OPEN", "after active OPEN", "after TIME-WAIT"
SEND_FIN, SEND_ACK, SEND_SYN, SEND_SYN_ACK, SEND_RST = "snd FIN", "snd ACK", "snd SYN", "snd SYN,ACK", "snd RST"
CREATE, DELETE, START_2MSL = "create TCB", "delete TCB", "start 2MSL timer"
SIGNAL_RESET, SIGNAL_REFUSED, SIGNAL_TIMEOUT = (
    'signal "connection reset"',
    'signal "connection refused"',
    'signal "connection aborted due to user timeout"',
)


@dataclass(frozen=True)
class Transition:
    """One row: in `state`, on `event`, if `guard` holds (always when ""), do `actions` and be in `next`.

    `drawn`: Figure 5 draws it. `id` is `transition:STATE:EVENT`, with the guard where one event has several rows.
    """

    id: str
    state: Term
    event: Term
    guard: str
    actions: tuple[str, ...]
    next: Term
    cite: Cite
    drawn: bool = False


def _row(
    state: Term, event: Term, next: Term, *actions: str, cite: Cite, guard: str = "", drawn: bool = False, id: str = ""
) -> Transition:
    name = f"transition:{state}:{event}" + (f":{id}" if id else "")
    return Transition(name, state, event, guard, actions, next, cite, drawn)


_OPEN, _SEND, _CLOSE, _ABORT = (Rfc(9293, f"3.10.{number}") for number in (1, 2, 4, 5))
_LISTEN, _SYN_SENT, _OTHER, _TIMEOUT = (
    Rfc(9293, section) for section in ("3.10.7.2", "3.10.7.3", "3.10.7.4", "3.10.8")
)
_REOPEN = Rfc(9293, "3.6.1")
_DATA_SENT = "no SEND is pending"
_EXACT = "SEG.SEQ = RCV.NXT"

TABLE: tuple[Transition, ...] = (
    # Opening
    _row(CLOSED, PASSIVE_OPEN, LISTEN, CREATE, cite=_OPEN, drawn=True),
    _row(CLOSED, ACTIVE_OPEN, SYN_SENT, CREATE, SEND_SYN, cite=_OPEN, drawn=True),
    _row(LISTEN, ACTIVE_OPEN, SYN_SENT, SEND_SYN, cite=_OPEN),
    _row(LISTEN, SEND, SYN_SENT, SEND_SYN, cite=_SEND, guard="the remote socket is specified", drawn=True),
    _row(LISTEN, RCV_SYN, SYN_RECEIVED, SEND_SYN_ACK, cite=_LISTEN, drawn=True),
    _row(SYN_SENT, RCV_SYN, SYN_RECEIVED, SEND_SYN_ACK, cite=_SYN_SENT, guard="no ACK bit", drawn=True),
    _row(
        SYN_SENT, RCV_SYN_ACK, ESTABLISHED, SEND_ACK, cite=_SYN_SENT, guard="the ACK acknowledges our SYN", drawn=True
    ),
    _row(SYN_RECEIVED, RCV_ACK_OF_SYN, ESTABLISHED, cite=_OTHER, guard="SND.UNA < SEG.ACK =< SND.NXT", drawn=True),
    # A second SYN in the window: the old attempt is forgotten (§3.10.7.4, fourth check).
    _row(SYN_RECEIVED, RCV_SYN, LISTEN, cite=_OTHER, guard=AFTER_PASSIVE),
    # MAY-2: with a larger ISS than before, and back to TIME-WAIT should the SYN prove an old duplicate.
    _row(
        TIME_WAIT,
        RCV_SYN,
        SYN_RECEIVED,
        SEND_SYN_ACK,
        cite=_REOPEN,
        guard="after passive OPEN, the SYN is new (optional)",
    ),
    *(
        _row(SYN_RECEIVED, event, TIME_WAIT, cite=_REOPEN, guard=AFTER_TIME_WAIT, id=AFTER_TIME_WAIT)
        for event in (RCV_RST, RCV_SYN)
    ),
    # Closing
    _row(LISTEN, CLOSE, CLOSED, DELETE, cite=_CLOSE, drawn=True),
    _row(SYN_SENT, CLOSE, CLOSED, DELETE, cite=_CLOSE, drawn=True),
    _row(SYN_RECEIVED, CLOSE, FIN_WAIT_1, SEND_FIN, cite=_CLOSE, guard=_DATA_SENT, drawn=True),
    _row(ESTABLISHED, CLOSE, FIN_WAIT_1, SEND_FIN, cite=_CLOSE, drawn=True),
    _row(CLOSE_WAIT, CLOSE, LAST_ACK, SEND_FIN, cite=_CLOSE, drawn=True),
    _row(ESTABLISHED, RCV_FIN, CLOSE_WAIT, SEND_ACK, cite=_OTHER, drawn=True),
    _row(FIN_WAIT_1, RCV_ACK_OF_FIN, FIN_WAIT_2, cite=_OTHER, drawn=True),
    _row(FIN_WAIT_1, RCV_FIN, CLOSING, SEND_ACK, cite=_OTHER, guard="our FIN is not acknowledged", drawn=True),
    _row(FIN_WAIT_1, RCV_FIN_ACK_OF_FIN, TIME_WAIT, SEND_ACK, START_2MSL, cite=Rfc(9293, "Figure 5, note 2")),
    _row(FIN_WAIT_2, RCV_FIN, TIME_WAIT, SEND_ACK, START_2MSL, cite=_OTHER, drawn=True),
    _row(CLOSING, RCV_ACK_OF_FIN, TIME_WAIT, START_2MSL, cite=_OTHER, drawn=True),
    _row(LAST_ACK, RCV_ACK_OF_FIN, CLOSED, DELETE, cite=_OTHER, drawn=True),
    _row(TIME_WAIT, TIMEOUT_2MSL, CLOSED, DELETE, cite=_TIMEOUT, drawn=True),
    # A RST arrives. Any other SEG.SEQ in the window draws a challenge ACK, one outside is dropped (§3.10.7.4).
    _row(SYN_SENT, RCV_RST, CLOSED, DELETE, SIGNAL_RESET, cite=_SYN_SENT, guard="the ACK acknowledges our SYN"),
    _row(SYN_RECEIVED, RCV_RST, LISTEN, cite=_OTHER, guard=AFTER_PASSIVE, drawn=True, id=AFTER_PASSIVE),
    _row(SYN_RECEIVED, RCV_RST, CLOSED, DELETE, SIGNAL_REFUSED, cite=_OTHER, guard=AFTER_ACTIVE, id=AFTER_ACTIVE),
    *(
        _row(state, RCV_RST, CLOSED, DELETE, SIGNAL_RESET, cite=_OTHER, guard=_EXACT)
        for state in (ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT)
    ),
    *(_row(state, RCV_RST, CLOSED, DELETE, cite=_OTHER, guard=_EXACT) for state in (CLOSING, LAST_ACK, TIME_WAIT)),
    # ABORT. Note 3 of Figure 5 would have who sends a RST linger in TIME-WAIT; the text of §3.10.5 says CLOSED.
    *(_row(state, ABORT, CLOSED, DELETE, cite=_ABORT) for state in (LISTEN, SYN_SENT, CLOSING, LAST_ACK, TIME_WAIT)),
    *(
        _row(state, ABORT, CLOSED, SEND_RST, DELETE, cite=_ABORT)
        for state in (SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT)
    ),
    # The user timeout runs where something sent may stay unacknowledged (§3.9.1.1): not in LISTEN, FIN-WAIT-2, TIME-WAIT.
    *(
        _row(state, USER_TIMEOUT, CLOSED, DELETE, SIGNAL_TIMEOUT, cite=_TIMEOUT)
        for state in (SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, CLOSE_WAIT, CLOSING, LAST_ACK)
    ),
)


def rows(state: Term, event: Term, table: Iterable[Transition] = TABLE) -> tuple[Transition, ...]:
    """The rows for an event in a state: none when the event leaves the state as it is, two when a guard decides."""
    return tuple(row for row in table if row.state == state and row.event == event)


def next_states(state: Term, event: Term, table: Iterable[Transition] = TABLE) -> frozenset[Term]:
    """Where the rows for an event lead, their guards holding; the state itself when there is no row."""
    return frozenset(row.next for row in rows(state, event, table)) or frozenset({state})


def diagram(table: Iterable[Transition] = TABLE) -> StateDiagram:
    """Figure 5: the transitions that it draws, and no others, so that it stays readable."""
    return StateDiagram(STATES.members, tuple(_arc(row) for row in table if row.drawn))


def _arc(row: Transition) -> Arc:
    """As in the figure, it shows what is sent or done to the TCB; timers are not drawn."""
    done = ", ".join(action for action in row.actions if action != START_2MSL)
    return Arc(str(row.state), str(row.next), str(row.event), done, id=row.id)
