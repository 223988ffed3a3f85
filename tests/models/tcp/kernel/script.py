"""Scripts: what happens to one connection, step by step, at the model and at the kernel side by side.

    server OPEN passive         a user call: OPEN passive, OPEN active, SEND and a number of octets, CLOSE, ABORT
    deliver client              the oldest segment that the client sent arrives
    deliver client 2            the second oldest does, before the oldest
    lose server                 vanishes; chosen as for deliver
    duplicate client            arrives, and once more later
    forge client RST,ACK 5 0 3  a segment in the client's name arrives: SEQ 5 beyond the server's RCV.NXT, ACK at its
                                SND.NXT, 3 octets. Where the server has no RCV.NXT, SEQ is 1000 + 5

A step that cannot happen is skipped, so that a script stays one when steps are taken from it. So are calls that Linux's
sockets have no way to make: those of a user whom a passive open has not given a connection yet (SYN-RECEIVED), and calls
in states where they change nothing.

Both sides get the very same segments, the kernel's, and the model takes the kernel's ISSs: a difference in one step
does not cause others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.segment import ACK, FLAGS, PSH, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import TermSet
from tests.models.tcp.kernel.oracle import Model, Oracle, Reply

_CALLABLE = {
    "OPEN passive": {"CLOSED"},
    "OPEN active": {"CLOSED", "LISTEN"},
    "SEND": {"SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"},
    "CLOSE": {"LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"},
    "ABORT": {
        "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",
        "LAST-ACK",
    },
}  # fmt: skip
"""The states in which a script makes a call."""


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

    @property
    def agrees(self) -> bool:
        return seen(self.model) == seen(self.kernel)

    def show(self) -> str:
        """The step and both replies, for people."""
        what = self.arrived.show() if self.arrived else "a call"
        lines = [f"{self.step}: {what}, {self.offset:+} from RCV.NXT, at the {self.end} in {self.before}"]
        for name, reply in (("model", self.model), ("kernel", self.kernel)):
            sent = "; ".join(segment.show() for segment in reply.segments) or "nothing"
            more = f", delivers {len(reply.delivered)}" * bool(reply.delivered) + f", {reply.error}" * bool(reply.error)
            lines.append(f"  {name:6} {dict(reply.states)}, sends {sent}{more}")
        return "\n".join(lines)


def seen(reply: Reply) -> tuple[object, ...]:
    """What is compared; PSH is a hint to the receiver, which stacks set as they please."""
    segments = [(one.sender, one.seq.value, one.ack, one.flags - {PSH}, one.data) for one in reply.segments]
    return (dict(reply.states), segments, reply.delivered, reply.error)


class Run:
    """A script being run at the model and at an oracle."""

    def __init__(self, kernel: Oracle) -> None:
        self.kernel, self.model = kernel, Model()
        self.wire: list[Segment] = []
        self._listening: set[str] = set()

    def take(self, step: str) -> Observation | None:
        """Do one step; None where it cannot happen."""
        verb, *rest = step.split()
        if verb in PEER:
            return self._call(step, verb, rest)
        if verb == "forge":
            return self._arrive(step, self._forged(*rest))
        found = self.find(*rest)
        if found is None:
            return None
        if verb != "duplicate":
            self.wire.remove(found)
        return self._arrive(step, found) if verb != "lose" else None

    def find(self, sender: str, place: str = "1") -> Segment | None:
        """The n-th oldest segment of a sender on the wire."""
        found = [segment for segment in self.wire if segment.sender == sender]
        return found[int(place) - 1] if int(place) <= len(found) else None

    def may(self, end: str, call: str) -> bool:
        """Whether a script makes this call now."""
        state, tcb = self.model.ends[end].state.name, self.model.ends[end].tcb
        if tcb and state == "SYN-RECEIVED" and (tcb.passive or tcb.fin_queued or (call == "CLOSE" and tcb.unsent)):
            return False
        return state in _CALLABLE[call]

    def _call(self, step: str, end: str, rest: list[str]) -> Observation | None:
        octets = int(rest.pop()) if rest[-1].isdigit() else 0
        call = " ".join(rest)
        if not self.may(end, call):
            return None
        before = self.model.ends[end].state.name
        self._listens(end, call, before)
        kernel = self.kernel.call(end, call, octets)
        self.model.choose_isses(kernel.segments)
        return self._note(Observation(step, end, before, None, 0, 0, self.model.call(end, call, octets), kernel))

    def _listens(self, end: str, call: str, before: str) -> None:
        """Keep in mind whether Linux has a listening socket."""
        if call == "OPEN passive":
            self._listening.add(end)
        elif call == "OPEN active" or before == "LISTEN":
            self._listening.discard(end)

    def _arrive(self, step: str, segment: Segment) -> Observation:
        end = PEER[segment.sender]
        before, (offset, acked) = self.model.ends[end].state.name, self._place(end, segment)
        kernel = self.kernel.arrive(segment)
        self.model.choose_isses(kernel.segments)
        return self._note(Observation(step, end, before, segment, offset, acked, self.model.arrive(segment), kernel))

    def _place(self, end: str, segment: Segment) -> tuple[int, int]:
        """SEG.SEQ - RCV.NXT and SEG.ACK - SND.UNA, as far as there are such."""
        one = self.model.ends[end]
        if one.tcb is None or one.state.name == "LISTEN":
            return 0, 0
        offset = segment.seq.after(one.tcb.rcv_nxt) if one.state.name != "SYN-SENT" else 0
        return offset, segment.ack.after(one.tcb.snd_una) if segment.ack is not None else 0

    def _note(self, seen_now: Observation) -> Observation:
        self.wire.extend(seen_now.kernel.segments)
        if seen_now.end not in self._listening:
            return seen_now
        self.model.listen_again(seen_now.end)
        return replace(seen_now, model=replace(seen_now.model, states=self.model.states()))

    def _forged(self, sender: str, flags: str, seq: str, ack: str, length: str) -> Segment:
        kinds = TermSet(FLAGS).read(flags)
        end = self.model.ends[PEER[sender]]
        tcb, state = end.tcb, end.state.name
        origin = tcb.rcv_nxt if tcb and state not in ("LISTEN", "SYN-SENT") else Seq("", 1000)
        acked = (tcb.snd_nxt if tcb and state != "LISTEN" else Seq("", 1000)) + int(ack)
        data = bytes(int(length))
        return Segment(origin + int(seq), acked if ACK in kinds else None, kinds, data, 60_000, sender)
