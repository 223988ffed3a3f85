"""Recording a run: each method is one step of a scenario, and `trace` is what it came to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from quizgen.models.base import Cite, Text
from quizgen.models.tcp.endpoint.calls import open_active, open_passive
from quizgen.models.tcp.endpoint.reasons import REASON_CITES
from quizgen.models.tcp.endpoint.rules import STANDARD, Rules
from quizgen.models.tcp.endpoint.tcb import Outcome
from quizgen.models.tcp.network import PEER, TIMEOUTS, Flight, Network
from quizgen.models.tcp.run import FACTS, Step, Trace
from quizgen.models.tcp.segment import Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.states import CLOSED, LISTEN, SYN_RECEIVED, TABLE, TIME_WAIT
from quizgen.models.tcp.traced import FATES, ORIGINS, TracedSegment
from quizgen.models.values import Term, TermSet

_CITES = {row.id: row.cite for row in TABLE}
_NOTHING = TermSet(FACTS)
_FROM_ARRIVAL = TermSet(FACTS, ("OWN-RECEIVE", "PEER-SEND"))
_FROM_ACK = TermSet(FACTS, ("OWN-SEND", "PEER-RECEIVE", "PEER-CURRENT"))
_LABELS: dict[str, Text] = {
    "retransmission": {"en": "when the {end}'s retransmission timeout expires", "zh": "{end}重传超时时"},
    "persist": {"en": "when the {end}'s persist timer expires", "zh": "{end}的持续计时器到期时"},
    "time-wait": {"en": "when the {end}'s 2MSL timeout expires", "zh": "{end}的 2MSL 计时器到期时"},
    "user": {"en": "when the {end}'s user timeout expires", "zh": "{end}用户超时时"},
    "delayed-ack": {"en": "when the {end}'s delayed ACK is due", "zh": "{end}推迟的 ACK 到期时"},
    "restart": {"en": "when the {end} restarts", "zh": "{end}重启时"},
    "call": {"en": "when the {end} calls {call}", "zh": "{end}调用 {call} 时"},
    "arrival": {"en": "when segment {n} arrives", "zh": "第 {n} 个报文段到达时"},
    "loss": {"en": "when segment {n} is lost", "zh": "第 {n} 个报文段丢失时"},
    "wire": {"en": "when segment {n} is sent", "zh": "第 {n} 个报文段发出时"},
    "start": {"en": "at the beginning", "zh": "开始时"},
}
_TIMER_NAMES = {"time-wait": "2MSL"}
_ZH_ENDS = {"client": "客户端", "server": "服务器"}


def _label(kind: str, end: str = "", **parts: object) -> Text:
    return {
        "en": _LABELS[kind]["en"].format(end=end, **parts),
        "zh": _LABELS[kind]["zh"].format(end=_ZH_ENDS.get(end, ""), **parts),
    }


def _cite(outcome: Outcome) -> Cite | None:
    """The section of the row that led to the first state of the path."""
    for before, event, _ in outcome.moves[:1]:
        row = f"transition:{before}:{event}:"
        return next((_CITES[one] for one in outcome.elements if one in _CITES and f"{one}:".startswith(row)), None)
    return None


class Recorder:
    """A network whose every event is written down."""

    def __init__(self, rules: Rules = STANDARD, isses: dict[str, Sequence[Seq]] | None = None) -> None:
        self.rules = rules
        self.network = Network(rules, isses)
        self.steps: list[Step] = []
        self.sent: list[TracedSegment] = []
        self.knows = dict.fromkeys(PEER, _NOTHING)
        self.delivered = dict.fromkeys(PEER, 0)
        self._elements: frozenset[str] = frozenset()
        self._note(_label("start"))

    def trace(self) -> Trace:
        """The run so far."""
        return Trace(self.steps, self.sent, self.rules)

    def establish(self) -> None:
        """Begin with both ends ESTABLISHED, after a handshake that is not part of the run."""
        self.call("server", "OPEN passive", open_passive)
        self.call("client", "OPEN active", open_active)
        while self.network.wire:
            self.deliver(self.network.wire[0])
        self.network.sent = 0
        self.steps, self.sent, self._elements = [], [], frozenset()
        self._note(_label("start"))

    def policy(self, end: str, **changes: Any) -> None:
        """Change what an end does where RFC 9293 leaves it the choice; no step of its own."""
        one = self.network.ends[end]
        one.policy = replace(one.policy, **changes)

    def call(self, end: str, text: str, function: Callable[..., Any], *args: Any) -> Outcome:
        """Let an end's user make a call."""
        fresh = self.network.ends[end].tcb is None
        outcome, _ = self.network.call(end, function, *args)
        if fresh:
            self.knows[end] = _NOTHING
        self._happened(end, text, _label("call", end, call=text), outcome)
        return outcome

    def timeout(self, end: str, name: str) -> bool:
        """Let a timer of an end expire, one of TIMEOUTS; False, and no step, where that timer is not running."""
        outcome, ran = self.network.call(end, TIMEOUTS[name])
        if ran:
            self._happened(end, f"{_TIMER_NAMES.get(name, name)} timeout", _label(name, end), outcome)
        return bool(ran)

    def restart(self, end: str) -> None:
        """Let an end crash and come back without memory."""
        before = self.network.ends[end].tcb
        self.network.restart(end)
        path = [CLOSED] if before and not self.network.ends[end].tcb else []
        self.knows[end] = _NOTHING
        self._happened(end, "restart", _label("restart", end), Outcome(path=path, elements={"rule:quiet-crash"}))

    def deliver(self, flight: Flight) -> Outcome:
        """Let a segment arrive."""
        segment = flight.segment
        end, record = PEER[segment.sender], self.sent[flight.n - 1]
        before = self.network.ends[end].state
        acknowledged = self._acknowledges(end, segment)
        outcome = self.network.deliver(flight)
        record.became = FATES.term("DROPPED" if outcome.dropped else "DELIVERED")
        record.reason, record.arrived = outcome.dropped, len(self.steps)
        self._learn(end, before, outcome, acknowledged)
        label = _label("arrival", n=flight.n)
        self._happened(end, "", label, outcome, arrived=flight.n)
        record.rests_on = self._elements
        return outcome

    def lose(self, flight: Flight) -> None:
        """Let a segment vanish."""
        self.network.lose(flight)
        self.sent[flight.n - 1].became = FATES.term("LOST")
        self._note(_label("loss", n=flight.n), settled=flight.n)

    def duplicate(self, n: int) -> Flight:
        """Put a further copy of segment n on the wire."""
        return self._appear(self.sent[n - 1].segment, "DUPLICATED", n)

    def inject(self, segment: Segment, origin: str = "FORGED") -> Flight:
        """Put a segment on the wire that its sender did not send now: FORGED, or an OLD-DUPLICATE."""
        return self._appear(segment, origin)

    def _appear(self, segment: Segment, origin: str, copied: int = 0) -> Flight:
        flight = self.network.put(segment)
        self.sent.append(TracedSegment(flight.n, segment, ORIGINS.term(origin), len(self.steps), copied, self.rules))
        self._note(_label("wire", n=flight.n), sent=(flight.n,))
        return flight

    def _acknowledges(self, end: str, segment: Segment) -> bool:
        """Whether the segment acknowledges something that this end sent in this connection."""
        tcb = self.network.ends[end].tcb
        return tcb is not None and segment.ack is not None and tcb.iss < segment.ack <= tcb.snd_nxt

    def _learn(self, end: str, before: Term, outcome: Outcome, acknowledged: bool) -> None:
        after = self.network.ends[end].state
        if after == LISTEN or (before == TIME_WAIT and after == SYN_RECEIVED):
            self.knows[end] = _NOTHING
        if after != LISTEN and outcome.dropped is None:
            learned = _FROM_ARRIVAL | (_FROM_ACK if acknowledged else _NOTHING)
            self.knows[end] = TermSet(FACTS, self.knows[end] | learned)

    def _happened(self, end: str, event: str, label: Text, outcome: Outcome, arrived: int = 0) -> None:
        self.delivered[end] += len(outcome.delivered)
        sent = tuple(self._sent(end, flight, outcome) for flight in self._fresh())
        reason, cite = self._reason(end, arrived, outcome)
        self._note(
            label, end=end, event=event, arrived=arrived, settled=arrived, sent=sent, path=tuple(outcome.path),
            signals=tuple(outcome.signals), restarted_2msl=outcome.restarted_2msl, reason=reason, cite=cite,
            elements=outcome.elements,
        )  # fmt: skip

    def _fresh(self) -> list[Flight]:
        return [flight for flight in self.network.wire if flight.n > len(self.sent)]

    def _sent(self, end: str, flight: Flight, outcome: Outcome) -> int:
        again = self._repeats(flight.segment) if "rule:retransmission" in outcome.elements else 0
        origin = ORIGINS.term("RETRANSMITTED" if again else "SENT")
        self.sent.append(TracedSegment(flight.n, flight.segment, origin, len(self.steps), again, self.rules))
        return flight.n

    def _repeats(self, segment: Segment) -> int:
        """The number of the first segment that sent the same sequence numbers."""
        wanted = (segment.sender, segment.seq, segment.occupies)
        sent = ((old.number, old.segment) for old in self.sent)
        return next(number for number, one in sent if (one.sender, one.seq, one.occupies) == wanted)

    def _reason(self, end: str, arrived: int, outcome: Outcome) -> tuple[str, Cite | None]:
        """One sentence on what the step led to, and the section that says so."""
        what = f"segment {arrived} ({self.sent[arrived - 1].show()}) arrives at the {end}" if arrived else f"the {end}"
        if outcome.dropped:
            return f"{what}, which drops it: {outcome.dropped.show()}", REASON_CITES[outcome.dropped.name]
        if outcome.path:
            goes = f"{what}{', which' if arrived else ''} goes to {' and on to '.join(map(str, outcome.path))}"
            return goes, _cite(outcome)
        return f"{what}{', which' if arrived else ''} stays in {self.network.ends[end].state}", None

    def _note(self, label: Text, elements: Collection[str] = (), **parts: Any) -> None:
        """Write down the step and how things stand after it."""
        self._elements |= frozenset(elements)
        states = {name: end.state for name, end in self.network.ends.items()}
        standing = (states, dict(self.knows), dict(self.delivered), self._elements)
        self.steps.append(Step(label, *standing, **parts))
