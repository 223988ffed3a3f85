"""SEGMENT ARRIVES (RFC 9293 §3.10.7), in the RFC's order. Security (§3.10.7's third check) is left out.

Where the text contradicts the figures, the figures stand. Read literally, the acceptability test of §3.10.7.4 rejects
two segments that the RFC itself relies on: the SYN,ACK of a simultaneous open (Figure 7, line 6: SEG.SEQ = RCV.NXT - 1)
and the repeated FIN that restarts 2MSL in TIME-WAIT. Both are answered by an ACK, as the test wants, and also take
effect, as the figures want.

ACKs of segments ahead of a gap are processed at once; their text and FIN are held (SHLD-31).
"""

from __future__ import annotations

from dataclasses import replace

from quizgen.models.tcp.endpoint.acks import acknowledge, check_ack, reset
from quizgen.models.tcp.endpoint.rules import RECEIVING, SENDING
from quizgen.models.tcp.endpoint.tcb import Endpoint, Tcb
from quizgen.models.tcp.endpoint.text import finish, trim
from quizgen.models.tcp.segment import ACK, FIN, RST, SYN, URG, Segment, flags
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import (
    CLOSE,
    CLOSED,
    ESTABLISHED,
    LISTEN,
    RCV_RST,
    RCV_SYN,
    RCV_SYN_ACK,
    SYN_RECEIVED,
    SYN_SENT,
    TIME_WAIT,
)
from quizgen.models.values import Term


def segment_arrives(end: Endpoint, segment: Segment) -> None:
    """Take a segment from the network."""
    end.out.elements.update((f"state:{end.state}", *(f"flag:{flag}" for flag in segment.flags)))
    tcb = end.tcb
    if tcb is None:
        _in_closed(end, segment)
    elif tcb.state == LISTEN:
        _in_listen(end, tcb, segment)
    elif tcb.state == SYN_SENT:
        _in_syn_sent(end, tcb, segment)
    else:
        _otherwise(end, tcb, segment)


def _in_closed(end: Endpoint, segment: Segment) -> None:
    """§3.10.7.1"""
    end.drop("no connection")
    if RST not in segment.flags:
        reset(end, segment, "reset-without-connection")


def _in_listen(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """§3.10.7.2"""
    if RST in segment.flags:
        end.drop("RST in LISTEN")
    elif segment.ack is not None:
        end.drop("ACK in LISTEN")
        reset(end, segment, "reset-of-wrong-ack")
    elif SYN not in segment.flags:
        end.drop("no SYN in LISTEN")
    else:
        _answer_syn(end, tcb, segment, end.next_iss())


def _answer_syn(end: Endpoint, tcb: Tcb, segment: Segment, iss: Seq) -> None:
    """Send <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK> and hold what came with the SYN until the connection is open."""
    tcb.iss = tcb.snd_una = tcb.snd_nxt = iss
    _synchronize(end, tcb, segment)
    end.enter(ESTABLISHED if end.rules.messages < 3 else SYN_RECEIVED, RCV_SYN)
    end.send_queued(tcb, flags(SYN, ACK))


def _synchronize(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """Learn the peer's ISS, window and options from its SYN."""
    end.learn_options(tcb, segment)
    tcb.irs = segment.seq
    tcb.rcv_nxt = tcb.rcv_up = segment.seq + end.rules.counted({SYN})
    tcb.take_window(segment, tcb.iss if segment.ack is None else segment.ack)
    rest = trim(tcb, segment)
    if rest.occupies:
        tcb.held = (rest,)


def _in_syn_sent(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """§3.10.7.3"""
    if segment.ack is not None and not tcb.iss < segment.ack <= tcb.snd_nxt:
        end.drop("unacceptable ACK")
        if RST not in segment.flags:
            reset(end, segment, "reset-of-wrong-ack")
    elif RST in segment.flags:
        if segment.ack is None:
            end.drop("RST without ACK")
        else:
            end.signal("connection reset")
            end.enter(CLOSED, RCV_RST)
    elif SYN not in segment.flags:
        end.drop("neither SYN nor RST")
    elif segment.ack is None:
        _synchronize(end, tcb, segment)
        end.enter(SYN_RECEIVED, RCV_SYN)
        first = tcb.unacknowledged[0]
        kinds = flags(SYN, ACK)
        tcb.unacknowledged = (replace(first, flags=kinds, options=end.options(tcb, kinds)),)
        end.send(tcb.iss, kinds, tcb.rcv_nxt, window=tcb.window_field(kinds), options=end.options(tcb, kinds))
    else:
        _synchronize(end, tcb, segment)
        acknowledge(end, tcb, segment.ack)
        end.enter(ESTABLISHED, RCV_SYN_ACK)
        _check_urg(end, tcb, segment)
        finish(end, tcb, answer=end.rules.messages > 2)


def _otherwise(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """§3.10.7.4"""
    if _reopens(end, tcb, segment):
        return
    acceptable = _acceptable(tcb, segment) or end.rules.everywhere
    if not acceptable and not _of_figure_7(tcb, segment):
        _not_acceptable(end, tcb, segment)
        return
    rest = trim(tcb, segment)
    if RST in segment.flags:
        _check_rst(end, tcb, segment)
    elif SYN in (rest if tcb.state == SYN_RECEIVED else segment).flags:
        _check_syn(end, tcb)
    elif segment.ack is None:
        end.drop("no ACK")
    elif check_ack(end, tcb, segment, rest):
        # Text beyond a full buffer was cut off by trim and must be acknowledged as it stands.
        cut = rest.end < segment.end
        _check_urg(end, tcb, segment)
        finish(end, tcb, rest, answer=cut or not acceptable)


def _reopens(end: Endpoint, tcb: Tcb, segment: Segment) -> bool:
    """Whether a SYN beyond all that TIME-WAIT has seen opens the next connection (§3.6.1, MAY-2)."""
    if tcb.state != TIME_WAIT or segment.flags & {SYN, ACK, RST} != {SYN} or segment.seq <= tcb.rcv_nxt:
        return False
    if not tcb.passive:
        return False  # Nobody at this end has said that connections are welcome.
    end.out.elements.add("rule:reopen-time-wait")
    if not end.rules.applies("reopen-time-wait"):
        return False
    end.tcb = fresh = end.fresh(TIME_WAIT, passive=True, former=tcb)
    _answer_syn(end, fresh, segment, max(end.next_iss(), tcb.snd_nxt))
    return True


def _acceptable(tcb: Tcb, segment: Segment) -> bool:
    """The four cases of the acceptability test (§3.4)."""
    first, window = segment.seq.after(tcb.rcv_nxt), tcb.rcv_wnd
    if not segment.occupies:
        return first == 0 if window == 0 else 0 <= first < window
    if window == 0:
        # No octet fits, but a valid ACK or RST at RCV.NXT is not to be lost.
        return first == 0
    return 0 <= first < window or 0 <= first + segment.occupies - 1 < window


def _of_figure_7(tcb: Tcb, segment: Segment) -> bool:
    """Whether it is the SYN,ACK of a simultaneous open, and acknowledges our SYN; any other one is not acceptable."""
    crossed = tcb.state == SYN_RECEIVED and not tcb.passive and segment.seq == tcb.irs
    acknowledges = segment.ack is not None and tcb.snd_una < segment.ack <= tcb.snd_nxt
    return crossed and acknowledges and segment.flags & {SYN, RST} == {SYN}


def _not_acceptable(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """First check: drop, and answer by an ACK unless it is a RST."""
    end.out.elements.add("rule:acceptability")
    end.drop("not acceptable")
    if RST in segment.flags:
        return
    if end.rules.applies("acceptability"):
        end.send_ack(tcb)
    if tcb.state == TIME_WAIT and _repeats_fin(tcb, segment):
        end.out.dropped = None
        end.out.restarted_2msl = end.rules.applies("restart-2msl")
        end.out.elements.add("rule:restart-2msl")


def _repeats_fin(tcb: Tcb, segment: Segment) -> bool:
    """Whether it is the peer's FIN again, and would have passed the fourth and the fifth check."""
    plain = segment.flags & {FIN, SYN} == {FIN} and segment.end == tcb.rcv_nxt
    return plain and segment.ack is not None and segment.ack <= tcb.snd_nxt


def _check_rst(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """Second check, with RFC 5961's defence against blind resets (§3.10.7.4); its three cases go by SEG.SEQ alone."""
    if segment.seq < tcb.rcv_nxt and not end.rules.everywhere:
        end.drop("not acceptable")
        return
    if segment.seq != tcb.rcv_nxt and end.rules.applies("rst-exact"):
        end.out.elements.add("rule:rst-exact")
        _challenge(end, tcb, "RST not exact")
        return
    end.out.elements.add("rule:rst-exact")
    if tcb.state == SYN_RECEIVED and tcb.passive:
        _return_to_listen(end, tcb, RCV_RST)
        return
    if tcb.state == SYN_RECEIVED:
        end.signal("connection refused")
    elif tcb.state in SENDING | RECEIVING:
        end.signal("connection reset")
    end.enter(CLOSED, RCV_RST)


def _check_syn(end: Endpoint, tcb: Tcb) -> None:
    """Fourth check."""
    if tcb.state == SYN_RECEIVED and tcb.passive:
        end.drop("second SYN")
        _return_to_listen(end, tcb, RCV_SYN)
    else:
        _challenge(end, tcb, "SYN in connection")


def _challenge(end: Endpoint, tcb: Tcb, reason: str) -> None:
    """Drop, and let the peer prove by its RST to our ACK that it meant it (RFC 5961 §3, §4)."""
    end.drop(reason)
    end.out.elements.add("rule:challenge-ack")
    if end.rules.applies("challenge-ack"):
        end.send_ack(tcb)


def _return_to_listen(end: Endpoint, tcb: Tcb, event: Term) -> None:
    """Forget the attempt and what was queued for it; where it had reopened a TIME-WAIT, go back to that."""
    end.enter(TIME_WAIT if tcb.former else LISTEN, event)
    end.tcb = tcb.former or end.fresh(LISTEN, passive=True, remote_specified=tcb.remote_specified)
    if tcb.fin_queued and not tcb.former:
        end.enter(CLOSED, CLOSE)  # A CLOSE that waited for the connection is one in LISTEN now (§3.10.4).


def _check_urg(end: Endpoint, tcb: Tcb, segment: Segment) -> None:
    """Sixth check: tell the user of urgent data, and whenever they become more (MUST-32). The pointer names the octet
    after them (MUST-62).
    """
    if URG not in segment.flags or tcb.state not in end.rules.receiving:
        return
    pointer = segment.seq + segment.urgent_pointer
    if pointer > tcb.rcv_up:
        tcb.rcv_up = pointer
        end.signal("urgent data")
