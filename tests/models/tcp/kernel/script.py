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

from dataclasses import replace

from quizgen.kernel.compare import Observation, SideBySide
from quizgen.kernel.oracle import Oracle, Reply
from quizgen.models.tcp.endpoint.calls import open_passive
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.segment import ACK, FLAGS, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import TermSet


def show(step: Observation) -> str:
    """The step and both replies, for people."""
    what = step.arrived.show() if step.arrived else "a call"
    lines = [f"{step.step}: {what}, {step.offset:+} from RCV.NXT, at the {step.end} in {step.before}"]
    return "\n".join([*lines, _told("model", step.model), _told("kernel", step.kernel)])


def _told(name: str, reply: Reply) -> str:
    sent = "; ".join(segment.show() for segment in reply.segments) or "nothing"
    more = f", delivers {len(reply.delivered)}" * bool(reply.delivered) + f", {reply.error}" * bool(reply.error)
    return f"  {name:6} {dict(reply.states)}, sends {sent}{more}"


class Run(SideBySide):
    """A script being run at the model and at an oracle."""

    def __init__(self, kernel: Oracle) -> None:
        super().__init__(kernel)
        self.wire: list[Segment] = []
        self._listening: set[str] = set()

    def take(self, step: str) -> Observation | None:
        """Do one step; None where it cannot happen."""
        verb, *rest = step.split()
        if verb in PEER:
            return self._call(step, verb, rest)
        if verb == "forge":
            return self._note(self.arrive(self._forged(*rest), step, forged=True))
        found = self.find(*rest)
        if found is None:
            return None
        if verb != "duplicate":
            self.wire.remove(found)
        return self._note(self.arrive(found, step)) if verb != "lose" else None

    def find(self, sender: str, place: str = "1") -> Segment | None:
        """The n-th oldest segment of a sender on the wire."""
        found = [segment for segment in self.wire if segment.sender == sender]
        return found[int(place) - 1] if int(place) <= len(found) else None

    def _call(self, step: str, end: str, rest: list[str]) -> Observation | None:
        octets = int(rest.pop()) if rest[-1].isdigit() else 0
        call = " ".join(rest)
        if self.unable(end, call):
            return None
        self._listens(end, call, self.model.ends[end].state.name)
        return self._note(self.happen(end, call, octets))

    def _listens(self, end: str, call: str, before: str) -> None:
        """Keep in mind whether Linux has a listening socket."""
        if call == "OPEN passive":
            self._listening.add(end)
        elif call == "OPEN active" or before == "LISTEN":
            self._listening.discard(end)

    def _note(self, seen_now: Observation) -> Observation:
        self.wire.extend(seen_now.kernel.segments)
        if seen_now.end not in self._listening:
            return seen_now
        if self.model.ends[seen_now.end].tcb is None:
            # A listening socket of Linux outlives its connections; RFC 9293's passive OPEN is for one.
            open_passive(self.model.ends[seen_now.end])
        return replace(seen_now, model=replace(seen_now.model, states=self.model.states()))

    def _forged(self, sender: str, flags: str, seq: str, ack: str, length: str) -> Segment:
        kinds = TermSet(FLAGS).read(flags)
        end = self.model.ends[PEER[sender]]
        tcb, state = end.tcb, end.state.name
        origin = tcb.rcv_nxt if tcb and state not in ("LISTEN", "SYN-SENT") else Seq("", 1000)
        acked = (tcb.snd_nxt if tcb and state != "LISTEN" else Seq("", 1000)) + int(ack)
        data = bytes(int(length))
        return Segment(origin + int(seq), acked if ACK in kinds else None, kinds, data, 60_000, sender)
