"""The model and the kernel side by side: each event happens at both, and what came of it is compared.

Both sides get the very same segments, the kernel's, and the model takes the kernel's ISSs: a difference in one step
does not cause others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizgen.kernel.oracle import Model, Oracle, Reply
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.segment import PSH, Segment

_CALLABLE: Mapping[str, frozenset[str]] = {
    "OPEN passive": frozenset({"CLOSED"}),
    "OPEN active": frozenset({"CLOSED", "LISTEN"}),
    "SEND": frozenset({
        "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK",
    }),
    "RECEIVE": frozenset({"ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"}),
    "CLOSE": frozenset({"LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"}),
    "ABORT": frozenset({
        "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",
        "LAST-ACK",
    }),
}  # fmt: skip
"""The states in which Linux's sockets have something like this call of RFC 9293."""
TOO_LONG: Mapping[str, str] = {
    "2MSL timeout": "Linux stays in TIME-WAIT for 60 s, too long to wait for",
    "user timeout": "Linux gives up after some 15 minutes, too long to wait for",
}
"""Timers of Linux that are not waited for, and why."""


@dataclass(frozen=True)
class Observation:
    """One step: at which end, in which state, what arrived if anything did, and what the two made of it."""

    step: str
    end: str
    before: str
    arrived: Segment | None
    offset: int
    """How far SEG.SEQ lay beyond RCV.NXT; 0 where there was no RCV.NXT."""
    acked: int
    """How far SEG.ACK lay beyond SND.UNA; 0 where either was not."""
    model: Reply
    kernel: Reply
    forged: bool = False
    """Whether what arrived is none that the kernel itself ever sent."""

    @property
    def agrees(self) -> bool:
        """Whether the two did the same."""
        return seen(self.model) == seen(self.kernel)


def seen(reply: Reply) -> tuple[object, ...]:
    """What is compared; PSH is a hint to the receiver, which stacks set as they please."""
    segments = [(one.sender, one.seq.value, one.ack, one.flags - {PSH}, one.data) for one in reply.segments]
    return (dict(reply.states), segments, reply.delivered, reply.error)


class SideBySide:
    """One connection of the model, and one of an oracle."""

    def __init__(self, kernel: Oracle) -> None:
        self.kernel, self.model = kernel, Model()

    def unable(self, end: str, event: str) -> str:
        """Why this event cannot be brought about at Linux's end as things stand; "" where it can."""
        state, tcb = self.model.ends[end].state.name, self.model.ends[end].tcb
        if event in TOO_LONG:
            return TOO_LONG[event]
        if event in _CALLABLE and state not in _CALLABLE[event]:
            return f"Linux has no socket for {event} in {state}"
        if tcb and state == "SYN-RECEIVED" and event in _CALLABLE:
            if tcb.passive:
                return "Linux gives its user no socket before ESTABLISHED"
            if tcb.fin_queued or (event == "CLOSE" and tcb.unsent):
                return f"Linux has no {event} in SYN-RECEIVED while more is to be sent"
        return ""

    def happen(self, end: str, event: str, octets: int = 0, step: str = "") -> Observation:
        """Let something happen at an end of both; `step` is what to call it, `client CLOSE` or the like by default."""
        before = self.model.ends[end].state.name
        kernel = self.kernel.happen(end, event, octets)
        self.model.choose_isses(kernel.segments)
        model = self.model.happen(end, event, octets)
        return Observation(step or f"{end} {event}", end, before, None, 0, 0, model, kernel)

    def arrive(self, segment: Segment, step: str = "", *, forged: bool = False) -> Observation:
        """Let a segment arrive at both."""
        end = PEER[segment.sender]
        before, (offset, acked) = self.model.ends[end].state.name, self._place(end, segment)
        kernel = self.kernel.arrive(segment)
        self.model.choose_isses(kernel.segments)
        return Observation(step, end, before, segment, offset, acked, self.model.arrive(segment), kernel, forged)

    def _place(self, end: str, segment: Segment) -> tuple[int, int]:
        """SEG.SEQ - RCV.NXT and SEG.ACK - SND.UNA, as far as there are such."""
        one = self.model.ends[end]
        if one.tcb is None or one.state.name == "LISTEN":
            return 0, 0
        offset = segment.seq.after(one.tcb.rcv_nxt) if one.state.name != "SYN-SENT" else 0
        return offset, segment.ack.after(one.tcb.snd_una) if segment.ack is not None else 0
