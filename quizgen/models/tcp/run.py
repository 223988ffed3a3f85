"""A run of two endpoints, recorded step by step, and what claims ask of it.

A segment has the number of its sending, from 1; copies that the wire makes and segments that are forged count too.
`after=n` means: once segment n has arrived (or was lost) and the receiver has answered; `after=0` is the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from quizgen.models.base import Cite, ModelError, Text, because, shows, touch
from quizgen.models.figure import Ladder, Message
from quizgen.models.figure import Moment as Row
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.segment import FLAGS
from quizgen.models.tcp.states import STATES
from quizgen.models.tcp.traced import TracedSegment
from quizgen.models.values import Domain, Term, TermSet, Unreadable

FACTS = Domain(
    "fact that an end may conclude",
    ("OWN-SEND", "OWN-RECEIVE", "PEER-SEND", "PEER-RECEIVE", "PEER-CURRENT"),
    labels={
        "OWN-SEND": {"en": "its own sending works", "zh": "自己的发送正常"},
        "OWN-RECEIVE": {"en": "its own receiving works", "zh": "自己的接收正常"},
        "PEER-SEND": {"en": "the peer's sending works", "zh": "对方的发送正常"},
        "PEER-RECEIVE": {"en": "the peer's receiving works", "zh": "对方的接收正常"},
        "PEER-CURRENT": {"en": "the peer takes part in this very connection", "zh": "对方确实在参与本次连接"},
    },
)
_FATE_OF_FIGURE = {"DUPLICATED": "duplicate", "FORGED": "forged", "OLD-DUPLICATE": "old"}


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a run and how things stand after it. `end` is where it happened, "" on the wire or at the beginning.

    `arrived` is the number of the segment that arrived, `settled` of one that arrived or was lost (0: none), `sent`
    are the numbers of those sent. `path` are the states that `end` went through. `elements` and `delivered` count from
    the beginning.
    """

    label: Text
    states: Mapping[str, Term]
    knows: Mapping[str, TermSet]
    delivered: Mapping[str, int]
    elements: frozenset[str]
    end: str = ""
    event: str = ""
    arrived: int = 0
    settled: int = 0
    sent: tuple[int, ...] = ()
    path: tuple[Term, ...] = ()
    signals: tuple[Term, ...] = ()
    restarted_2msl: bool = False
    reason: str = ""
    cite: Cite | None = None


@dataclass(frozen=True, eq=False)
class Moment:
    """A step of a run, as an answer: `when segment 2 arrives`. Moments of one run compare by time."""

    published: ClassVar[frozenset[str]] = frozenset()
    trace: Trace
    index: int

    def show(self, lang: str = "en") -> str:
        """What happens in it."""
        return self.trace.steps[self.index].label[lang]

    def read(self, text: str) -> Moment:
        """Another moment of the run: `when segment 3 is sent` and `when segment 2 arrives` may be the same one."""
        wanted = text.strip().casefold()
        for index, step in enumerate(self.trace.steps):
            sent = [f"when segment {n} is sent" for n in step.sent] + [f"第 {n} 个报文段发出时" for n in step.sent]
            if wanted in (spelling.casefold() for spelling in (*step.label.values(), *sent)):
                return Moment(self.trace, index)
        raise Unreadable(
            f"`{text}` is no moment of this run", [step.label["en"] for step in self.trace.steps if step.arrived][:3]
        )

    def _same_run(self, other: Moment) -> int:
        if other.trace is not self.trace:
            raise ModelError("moments of two runs have no order")
        return self.index - other.index

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and other.trace is self.trace and other.index == self.index

    def __hash__(self) -> int:
        return hash((id(self.trace), self.index))

    def __lt__(self, other: Moment) -> bool:
        return self._same_run(other) < 0

    def __le__(self, other: Moment) -> bool:
        return self._same_run(other) <= 0


class Trace:
    """A finished run. Accessors touch what the answer rests on: all that happened up to the moment asked about."""

    kind = "run"
    published: ClassVar[frozenset[str]] = frozenset(
        {
            "segment", "segments", "count", "state", "states", "enters", "passes", "knows", "knowledge", "learns", "can_send",
            "can_receive", "delivered", "signals", "restarts_2msl",
        }
    )  # fmt: skip

    def __init__(self, steps: Sequence[Step], sent: Sequence[TracedSegment], rules: Rules = STANDARD) -> None:
        self.rules = rules
        self.steps, self.sent = tuple(steps), tuple(sent)
        self._settled = {step.settled: index for index, step in enumerate(self.steps) if step.settled}
        self._settled[0] = 0

    @staticmethod
    def numbered(parameter: str, number: int) -> Text | None:
        """For what an answer about another number would be right; None where the parameter numbers no segment."""
        if parameter == "after" and number == 0:
            return {"en": "at the beginning", "zh": "最开始时"}
        if parameter == "after":
            return {"en": f"once segment {number} has arrived", "zh": f"第 {number} 个报文段到达之后"}
        if parameter == "n" and number > 0:
            return {"en": f"for segment {number}", "zh": f"第 {number} 个报文段"}
        return None

    def _upto(self, index: int) -> Step:
        step = self.steps[index]
        touch(*step.elements)
        shows(self)
        return step

    def _after(self, n: int | None) -> Step:
        """The step in which segment n was settled; the last one for None."""
        if n is None:
            return self._upto(-1)
        if n not in self._settled:
            if not 0 <= n <= len(self.sent):
                raise ModelError(f"this run has {len(self.sent)} segments, numbered from 1; there is no segment {n}")
            raise ModelError(f"segment {n} is still on the wire at the end of this run")
        return self._upto(self._settled[n])

    def segment(self, n: int) -> TracedSegment:
        """The n-th segment sent, from 1."""
        if not 1 <= n <= len(self.sent):
            raise ModelError(f"this run has {len(self.sent)} segments, numbered from 1; there is no segment {n}")
        found = self.sent[n - 1]
        self._upto(found.sent)
        because(found.line(), self.steps[found.sent].cite)
        return found

    @property
    def segments(self) -> tuple[TracedSegment, ...]:
        """All segments, in the order of sending."""
        self._upto(-1)
        return self.sent

    def count(self, *flags: Term) -> int:
        """How many segments carry all these flags; all segments without any."""
        self._upto(-1)
        wanted = frozenset(map(FLAGS.own, flags))
        return sum(segment.segment.flags >= wanted for segment in self.sent)

    def state(self, end: Term, after: int | None = None) -> Term:
        """The end's state once segment `after` has arrived; at the end of the run without `after`."""
        step = self._after(after)
        because(step.reason, step.cite)
        return step.states[_name(end)]

    def states(self, end: Term) -> tuple[Term, ...]:
        """The states that the end goes through, the first one being that of the beginning."""
        self._upto(-1)
        return self._states[_name(end)]

    @cached_property
    def _states(self) -> dict[str, tuple[Term, ...]]:
        return {
            end: (self.steps[0].states[end], *(state for step in self.steps if step.end == end for state in step.path))
            for end in PEER
        }

    def passes(self, end: Term, state: Term) -> bool:
        """Whether the end is ever in that state."""
        self._upto(-1)
        return STATES.own(state) in self._states[_name(end)]

    def enters(self, end: Term, state: Term) -> Moment:
        """When the end first enters that state; ask `passes` where it may never do."""
        name = _name(end)
        wanted = STATES.own(state)
        for index, step in enumerate(self.steps):
            if step.end == name and wanted in step.path:
                self._upto(index)
                because(step.reason, step.cite)
                return Moment(self, index)
        raise ModelError(f"the {name} never enters {state} in this run; ask `passes` whether it does")

    def knowledge(self, end: Term, after: int | None = None) -> TermSet:
        """Which facts the end may conclude from what has arrived, once segment `after` has."""
        step = self._after(after)
        because(_WHY_KNOWN)
        return step.knows[_name(end)]

    def knows(self, end: Term, fact: Term, after: int | None = None) -> bool:
        """Whether the end may conclude the fact once segment `after` has arrived.

        What arrives shows that the peer sends and that one receives. What acknowledges something that one sent could
        only be sent after that had arrived there: it shows that one sends, that the peer receives, and that the peer
        takes part now.
        """
        return FACTS.own(fact) in self.knowledge(end, after)

    def learns(self, end: Term, n: int) -> TermSet:
        """Which facts the end may conclude from the arrival of segment n that it could not before."""
        now = self.knowledge(end, n)
        return TermSet(FACTS, now - self.steps[max(self._settled[n] - 1, 0)].knows[_name(end)])

    def can_send(self, end: Term, after: int | None = None) -> bool:
        """Whether the end's SEND sends at once: in ESTABLISHED and CLOSE-WAIT (RFC 9293 §3.10.2)."""
        return self.state(end, after) in self.rules.sending

    def can_receive(self, end: Term, after: int | None = None) -> bool:
        """Whether data that arrive reach the end's user: in ESTABLISHED, FIN-WAIT-1 and FIN-WAIT-2 (§3.10.7.4)."""
        return self.state(end, after) in self.rules.receiving

    def delivered(self, end: Term, after: int | None = None) -> int:
        """How many octets the end's user was given."""
        return self._after(after).delivered[_name(end)]

    def signals(self, end: Term) -> tuple[Term, ...]:
        """What TCP told the end's user: errors in reply to calls, `connection_reset`, `remote_end_closes`."""
        self._upto(-1)
        return tuple(signal for step in self.steps if step.end == _name(end) for signal in step.signals)

    def restarts_2msl(self, end: Term) -> int:
        """How often a repeated FIN restarted the end's 2MSL timer."""
        self._upto(-1)
        return sum(step.restarted_2msl for step in self.steps if step.end == _name(end))

    def view(self, end: Term) -> tuple[object, ...]:
        """All that the end itself did and saw, in order; two runs with one view look the same to it."""
        self._upto(-1)
        name = _name(end)
        seen: list[object] = [self.steps[0].states[name]]
        for step in self.steps:
            if step.end == name:
                seen.append(self.sent[step.arrived - 1].segment if step.arrived else step.event)
                seen.extend(self.sent[n - 1].segment for n in step.sent)
        return tuple(seen)

    def lines(self) -> tuple[str, ...]:
        """`1. client -> server SYN SEQ=x`, one line a segment."""
        return tuple(segment.line() for segment in self.sent)

    def ladder(self) -> Ladder:
        """The run as a drawing: a row for each step that happens at an end or puts a segment on the wire."""
        rows: list[Row] = []
        row_of: list[int] = []
        for step in self.steps:
            if not rows or step.end or step.sent:
                events = {step.end: step.event} if step.end and step.event else {}
                rows.append(Row({end: state.name for end, state in step.states.items()}, events))
            row_of.append(len(rows) - 1)
        messages = tuple(self._message(segment, row_of) for segment in self.sent)
        return Ladder(("client", "server"), tuple(rows), messages)

    def _message(self, segment: TracedSegment, row_of: Sequence[int]) -> Message:
        arrived = None if segment.arrived is None else row_of[segment.arrived]
        fate, lost = _FATE_OF_FIGURE.get(segment.origin.name, "arrives"), segment.became.name == "LOST"
        note = segment.reason.show() if segment.reason else ""
        return Message(segment.segment.sender, segment.show(), row_of[segment.sent], arrived, fate, note, lost)


_WHY_KNOWN = "what arrives shows that its sender sends; what it acknowledges must have arrived there before"


def _name(end: Term) -> str:
    if not isinstance(end, Term) or end.name not in PEER:
        raise ModelError("an end is `client` or `server`")
    return end.name
