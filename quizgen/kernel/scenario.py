"""A scenario run on this machine's Linux and on the model, step by step, and what was the same.

Both sides get the very same segments, Linux's, so that a difference shows where it arises. A step that Linux's sockets
cannot make is left out on both sides, and the row says why. Where Linux has a timer of its own that is short, a
retransmission or a delayed ACK, it is waited for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.kernel.compare import Observation, SideBySide
from quizgen.kernel.differences import Difference, explain, parts
from quizgen.kernel.lab import Lab, LiveConnection
from quizgen.kernel.numbers import Numbers
from quizgen.kernel.oracle import Live, Reply
from quizgen.kernel.plan import Choice, Event, Plan, plan
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.run import Step
from quizgen.models.tcp.segment import PSH, Segment

_ISSUED = ("FORGED", "OLD-DUPLICATE")
_HANDSHAKE = ("OPEN passive", "OPEN active")


@dataclass(frozen=True)
class Side:
    """What one side did in a step: the segments sent with their numbers in the model's run (0: none there), the states of
    both ends, and what the user was told.
    """

    sent: tuple[tuple[int, Segment], ...]
    states: Mapping[str, str]
    told: str


@dataclass(frozen=True)
class Row:
    """One step. Where nothing was compared, `model` and `kernel` are None. `difference` is the known one that it shows."""

    what: str
    model: Side | None = None
    kernel: Side | None = None
    agrees: bool = True
    difference: Difference | None = None
    left_out: str = ""
    """Why the step was not done, on either side."""
    remark: str = ""


@dataclass(frozen=True)
class Comparison:
    """All steps, and how many were `unreached`, as the two had gone different ways."""

    rows: tuple[Row, ...]
    unreached: int

    @property
    def compared(self) -> list[Row]:
        """The steps at which something could be compared."""
        return [row for row in self.rows if row.model]

    @property
    def left_out(self) -> list[Row]:
        """The steps that were left out, on either side."""
        return [row for row in self.rows if row.left_out]

    @property
    def known(self) -> list[Difference]:
        """The known differences that were met, in order."""
        return list(dict.fromkeys(row.difference for row in self.rows if row.difference))

    @property
    def unknown(self) -> list[Row]:
        """The steps that differ in no known way."""
        return [row for row in self.rows if not row.agrees and not row.difference]


def compare(steps: Sequence[Any]) -> Comparison:
    """Run a scenario's steps on both. Raises ScenarioError and Unable as `plan` does, OSError where Linux refuses."""
    planned = plan(steps)
    first = _run(planned)
    # A second run tells a difference from a timer that a busy machine let expire.
    return _run(planned) if first.unknown else first


def _run(planned: Plan) -> Comparison:
    with Lab(timers=planned.timers, quickack=PEER.keys() - planned.delaying) as lab:
        stage = _Stage(planned, lab.connection())
        for index, event in enumerate(planned.events):
            if stage.parted:
                return Comparison(tuple(stage.rows), len(planned.events) - index)
            stage.take(event)
        return Comparison(tuple(stage.rows), 0)


class _Stage:
    """Both sides, and the rows so far. `linux` are Linux's counterparts of the segments of the model's run."""

    def __init__(self, planned: Plan, connection: LiveConnection) -> None:
        self.planned, self.connection = planned, connection
        self.both = SideBySide(Live(connection))
        self.numbers = Numbers(planned.isses, self.both.model)
        self.linux: dict[int, Segment] = {}
        self.rows: list[Row] = []
        self.parted = False
        for end in connection.ends.values():
            end.one_connection = True

    def take(self, event: Event) -> None:
        """Let one event happen at both sides."""
        if isinstance(event, Choice):
            self._choose(event)
        elif not isinstance(event, Step):
            self._establish()
        elif event.arrived:
            self._arrive(event)
        elif event.settled:
            self.rows.append(Row(f"{self._name(event.settled)} is lost"))
        elif event.end:
            self._happen(event)
        else:
            self._appear(event.sent[0])

    def _choose(self, choice: Choice) -> None:
        self.both.model.ends[choice.end].policy = choice.policy
        end = self.connection.ends[choice.end]
        end.reads = choice.policy.reads
        end.delay_acks(choice.policy.delayed_ack)
        sent = [self.numbers.relative(one).show() for one in self.connection.sent()]
        self.rows.append(
            Row(choice.step, remark=f"what Linux sends for that is lost ({', '.join(sent)})" if sent else "")
        )

    def _establish(self) -> None:
        wire: list[Segment] = []
        for end, call in zip(("server", "client"), _HANDSHAKE, strict=True):
            last = self.both.happen(end, call)
            wire += last.kernel.segments
        while wire:
            last = self.both.arrive(wire.pop(0))
            wire += last.kernel.segments
        self._note(last, "established", ())

    def _name(self, n: int) -> str:
        """`segment 2 (SYN,ACK SEQ=y ACK=x+1)`, with the numbers that it has at Linux where Linux sent it."""
        shown = self.numbers.relative(self.linux[n]) if n in self.linux else self.planned.sent[n - 1].segment
        return f"segment {n} ({shown.show()})"

    def _appear(self, n: int) -> None:
        one = self.planned.sent[n - 1]
        found = self.linux.get(one.copied) if one.copied else self.numbers.to_linux(one.segment)
        if found is None:
            self.rows.append(Row(f"segment {n} is a copy of segment {one.copied}", left_out="that one was never sent"))
            return
        self.linux[n] = found
        origin = f"a copy of segment {one.copied}" if one.copied else f"{one.origin.show()}, from the {found.sender}"
        self.rows.append(Row(f"{self._name(n)} is on the wire: {origin}"))

    def _arrive(self, step: Step) -> None:
        n = step.arrived
        what = f"{self._name(n)} arrives at the {step.end}"
        if n not in self.linux:
            self.rows.append(Row(what, left_out="it was never sent"))
            return
        forged = self.planned.sent[n - 1].origin.name in _ISSUED
        self._note(self.both.arrive(self.linux[n], forged=forged), what, step.sent)

    def _happen(self, step: Step) -> None:
        event, octets = _event(step.event)
        what = f"{step.end}: {step.event}"
        if why := self.both.unable(step.end, event):
            self.rows.append(Row(what, left_out=why))
            return
        seen = self.both.happen(step.end, event, octets)
        note = f"waited {seen.kernel.waited:.1f} s for Linux's timer" if seen.kernel.waited else ""
        if lost := [self.numbers.relative(one).show() for one in seen.kernel.meanwhile]:
            note += f"; what the {PEER[step.end]}'s own timer sent meanwhile is lost ({', '.join(lost)})"
        self._note(seen, what, step.sent, note)

    def _note(self, seen: Observation, what: str, sent: tuple[int, ...], note: str = "") -> None:
        """Write the row of a step in which the model's run sent these segments."""
        linux = self._numbered(seen.kernel.segments, sent)
        self.linux |= {n: segment for n, segment in linux if n}
        sides = self._side(seen.model, self._numbered(seen.model.segments, sent)), self._side(seen.kernel, linux)
        self.rows.append(Row(what, *sides, seen.agrees, None if seen.agrees else explain(seen), remark=note))
        self.parted = parts(seen)

    def _side(self, reply: Reply, sent: list[tuple[int, Segment]]) -> Side:
        told = [f"{len(reply.delivered)} octets to the user"] * bool(reply.delivered) + [reply.error] * bool(
            reply.error
        )
        return Side(tuple((n, self.numbers.relative(one)) for n, one in sent), reply.states, ", ".join(told))

    def _numbered(self, segments: Sequence[Segment], sent: Sequence[int]) -> list[tuple[int, Segment]]:
        """The segments with the numbers of those sent in the model's run: of the same kind first, else the next in order."""
        left = list(sent)
        found = dict.fromkeys(range(len(segments)), 0)
        for same in (True, False):
            for place, segment in enumerate(segments):
                fitting = [n for n in left if not same or _kind(self.planned.sent[n - 1].segment) == _kind(segment)]
                if not found[place] and fitting:
                    found[place] = fitting[0]
                    left.remove(fitting[0])
        return [(found[place], segment) for place, segment in enumerate(segments)]


def _kind(segment: Segment) -> tuple[object, ...]:
    return (segment.sender, segment.flags - {PSH}, segment.length)


def _event(text: str) -> tuple[str, int]:
    """What a scenario calls at an end, in one spelling, and the octets: `Send 100` is (SEND, 100)."""
    verb, *rest = text.split()
    if rest[-1:] == ["timeout"] or verb == "restart":
        return text, 0
    if verb.upper() == "OPEN":
        return f"OPEN {rest[0].lower()}", 0
    return verb.upper(), int(rest[0]) if rest else 0
