"""Lost segments: which are the same, and whose retransmission makes a loss good."""

from __future__ import annotations

from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.record import Recorder
from quizgen.models.tcp.segment import RST, Segment
from quizgen.models.tcp.traced import TracedSegment


def unacknowledged(recorder: Recorder, end: str) -> tuple[Segment, ...]:
    """What an end keeps to send again."""
    tcb = recorder.network.ends[end].tcb
    return tcb.unacknowledged if tcb is not None else ()


def who_repeats(recorder: Recorder, one: TracedSegment) -> str | None:
    """The end whose retransmission makes the loss of this segment good: the sender for what it keeps; for a bare ACK
    or RST the receiver, whose repetition draws it again, else the sender. None where the loss does no harm, or no
    repetition can mend it.
    """
    lost, sender, receiver = one.segment, one.segment.sender, PEER[one.segment.sender]
    if lost.occupies:
        keeps = any(kept.seq == lost.seq for kept in unacknowledged(recorder, sender))
        return sender if keeps and not _came_again(recorder, one) else None
    tcb = recorder.network.ends[receiver].tcb
    acknowledged = tcb is None or (lost.ack is not None and tcb.iss < lost.ack <= tcb.snd_una)
    if RST not in lost.flags and acknowledged:
        return None
    return next((end for end in (receiver, sender) if unacknowledged(recorder, end)), None)


def _came_again(recorder: Recorder, lost: TracedSegment) -> bool:
    later = recorder.sent[lost.number :]
    return any(one.arrived is not None and identity(one.segment) == identity(lost.segment) for one in later)


def identity(one: Segment) -> tuple[object, ...]:
    """What makes two segments the same; the ACK of what is sent again may have moved on."""
    return one.sender, one.seq, one.flags, one.length, None if one.occupies else one.ack


def likeness(one: Segment) -> tuple[object, ...]:
    """What makes two answers to one event alike."""
    return one.sender, one.flags, bool(one.length)
