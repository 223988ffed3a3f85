"""Lost segments: which are the same, and whose timer makes a loss good."""

from __future__ import annotations

from typing import NamedTuple

from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.record import Recorder
from quizgen.models.tcp.segment import RST, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.traced import TracedSegment


def unacknowledged(recorder: Recorder, end: str) -> tuple[Segment, ...]:
    """What an end keeps to send again."""
    tcb = recorder.network.ends[end].tcb
    return tcb.unacknowledged if tcb is not None else ()


class Repetition(NamedTuple):
    """What an end sends again, from `seq` on, when this timer of its expires."""

    end: str
    timer: str
    seq: Seq


def _retransmission(recorder: Recorder, end: str) -> Repetition | None:
    """The retransmission of an end, where it has something to send again."""
    kept = unacknowledged(recorder, end)
    return Repetition(end, "retransmission", kept[0].seq) if kept else None


def _probe(recorder: Recorder, end: str) -> Repetition | None:
    """The next probe of an end that probes a closed window."""
    tcb = recorder.network.ends[end].tcb
    return Repetition(end, "persist", tcb.snd_nxt) if tcb is not None and tcb.probed else None


def repetition(recorder: Recorder, one: TracedSegment) -> Repetition | None:
    """What makes the loss of this segment good: the sender's repetition of what it keeps, or of its probe; for a bare
    ACK or RST that of the receiver, which draws it again, else of the sender. None where the loss does no harm, or no
    repetition can mend it.
    """
    lost, sender, receiver = one.segment, one.segment.sender, PEER[one.segment.sender]
    probe = _probe(recorder, sender if lost.occupies else receiver)
    if lost.occupies:
        keeps = any(kept.seq == lost.seq for kept in unacknowledged(recorder, sender))
        again = _retransmission(recorder, sender) if keeps else probe
        return None if _came_again(recorder, one) else again
    if probe is not None:
        return None if _came_again(recorder, one) else probe
    tcb = recorder.network.ends[receiver].tcb
    acknowledged = tcb is None or (lost.ack is not None and tcb.iss < lost.ack <= tcb.snd_una)
    if RST not in lost.flags and acknowledged:
        return None
    return _retransmission(recorder, receiver) or _retransmission(recorder, sender)


def _came_again(recorder: Recorder, lost: TracedSegment) -> bool:
    later = recorder.sent[lost.number :]
    return any(one.arrived is not None and identity(one.segment) == identity(lost.segment) for one in later)


def identity(one: Segment) -> tuple[object, ...]:
    """What makes two segments the same; the ACK of what is sent again may have moved on."""
    return one.sender, one.seq, one.flags, one.length, None if one.occupies else one.ack


def likeness(one: Segment) -> tuple[object, ...]:
    """What makes two answers to one event alike."""
    return one.sender, one.flags, bool(one.length)
