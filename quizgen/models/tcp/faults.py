"""A scenario on a worse network: some segments are lost or copied that the scenario lets arrive.

The scenario and its altered run go side by side, step by step. What the scenario says of one of its segments is done to
the segment that takes its place: the same one, or the retransmission of what was lost. Whatever the scenario knows
nothing of (copies, retransmissions, answers to them) arrives in the order of sending, and before anybody acts again.
A timeout of retransmission or persist timer is the last resort: when a segment is wanted that was lost, when an end is to
act that is not yet where the scenario has it, and at the end, as long as something lost has not been made good.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizgen.models.base import ModelError, ScenarioError
from quizgen.models.tcp.losses import Repetition, identity, likeness, repetition
from quizgen.models.tcp.network import ENDS, PEER, TIMEOUTS, Flight
from quizgen.models.tcp.run import Trace
from quizgen.models.tcp.scenario import MAX_STEPS, Script, parts
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.traced import TracedSegment
from quizgen.models.values import Term, Unreadable

_PATIENCE = 15
"""Retransmissions in vain after which an end is left alone."""


@dataclass(frozen=True)
class LeftOut:
    """A step that cannot happen any more: its index, counted from 0, and why."""

    step: int
    why: str


@dataclass(frozen=True)
class Altered:
    """A run in which segments were lost or copied, and the steps of its scenario that found no place in it."""

    trace: Trace
    left_out: tuple[LeftOut, ...]


def run(
    steps: Sequence[Any],
    lose: Collection[int] = (),
    duplicate: Collection[int] = (),
    isses: Mapping[str, Seq] | None = None,
) -> Altered:
    """Run a scenario and lose or duplicate segments by their numbers in this very run, counted from 1.

    Raises ScenarioError as the scenario by itself would, and ModelError for a number that no segment has, or that the
    scenario loses anyway.
    """
    script = _Altered(frozenset(lose), frozenset(duplicate), isses)
    for script.index, step in enumerate(steps):
        script.take(step)
    script.finish()
    return Altered(script.recorder.trace(), tuple(script.left_out))


class _Original(Script):
    """The scenario as it is; `chosen` is the number of the segment that the present step is about, 0 for none."""

    chosen = 0

    def choose(self, value: Any) -> Flight:
        flight = super().choose(value)
        self.chosen = flight.n
        return flight

    def past(self, value: Any) -> int:
        self.chosen = super().past(value)
        return self.chosen


class _Altered(Script):
    """The altered run. `place` says which of its segments stands for which of the original; `missing` are those of the
    original for which none does, `bereft` those whose segment was lost; `due` are those that the original sent in this step.
    """

    def __init__(self, lose: Collection[int], copies: Collection[int], isses: Mapping[str, Seq] | None) -> None:
        super().__init__(isses)
        self.original = _Original(isses)
        self.faults, self.copies = lose, copies
        self.place: dict[int, int] = {}
        self.missing: list[int] = []
        self.bereft: set[int] = set()
        self.due: list[int] = []
        self.lost: list[TracedSegment] = []
        self.copied: set[int] = set()
        self.seen = 0
        self.left_out: list[LeftOut] = []

    def take(self, step: Any) -> None:
        """Do a step in the original, and then its like here."""
        before = {end: _standing(self.original, end) for end in PEER}
        self._take_original(step)
        try:
            end = self._acting(step)
            if end is not None:
                self._repair(lambda: not _takes_minutes(step) and self._ready(step, end, before[end]))
            super().take(step)
            self._match()
        except ScenarioError as error:
            self.left_out.append(LeftOut(self.index, error.message))

    def _ready(self, step: Any, end: str, before: tuple[Term, int]) -> bool:
        """Whether the end is where the scenario has it before the step, and a persist timer that is to expire runs."""
        name, value = _parts(step)
        probes = name == "timeout" and str(value).split()[-1].casefold() == "persist"
        runs = not probes or self.recorder.network.branch(end).call(end, TIMEOUTS["persist"])[1]
        return bool(runs) and _standing(self, end) == before

    def _take_original(self, step: Any) -> None:
        sent = len(self.original.recorder.sent)
        self.original.index, self.original.chosen = self.index, 0
        self.original.take(step)
        self.due = list(range(sent + 1, len(self.original.recorder.sent) + 1))
        self.missing += self.due

    def _acting(self, step: Any) -> str | None:
        """The end to which a step happens; None for steps of the wire and those that begin a run."""
        name, value = _parts(step)
        if name in ("forge", "old"):
            return PEER[self.end(value["from"])]
        if name in ("timeout", "restart"):
            return self.end(value if name == "restart" else str(value).strip().rpartition(" ")[0])
        try:
            return ENDS.term(name).name
        except Unreadable:
            return None

    def choose(self, value: Any) -> Flight:
        """The segment that stands for the original's, which may take a retransmission."""
        n = self.original.chosen
        if self._flight(n) is None:
            self._repair(lambda: self._flight(n) is not None)
        flight = self._flight(n)
        if flight is None:
            self.fail(f"what is segment {n} without the loss or copy is not on the wire")
        return flight

    def past(self, value: Any) -> int:
        """The number of the segment that stands for the one to copy."""
        n = self.original.chosen
        if n not in self.place:
            self._repair(lambda: n in self.place)
        if n not in self.place:
            self.fail(f"what is segment {n} without the loss or copy is not sent")
        return self.place[n]

    def _flight(self, original: int) -> Flight | None:
        n = self.place.get(original)
        return next((flight for flight in self.recorder.network.wire if flight.n == n), None)

    def deliver(self, flight: Flight) -> None:
        """Let a segment arrive, after older ones that the scenario knows nothing of."""
        wire = self.recorder.network.wire
        for older in [one for one in wire[: wire.index(flight)] if self._free(one)]:
            self._settle(older)
        self._settle(flight)

    def deliver_all(self) -> None:
        """Let everything arrive, with what is lost made good, until the wire is silent."""
        for _ in range(MAX_STEPS):
            if self.recorder.network.wire:
                self._settle(self.recorder.network.wire[0])
            elif not self._time_out():
                return
        self.fail("the wire does not fall silent")

    def lose(self, flight: Flight) -> None:
        """Let a segment vanish as the scenario says."""
        if flight.n in self.faults:
            raise ModelError(f"segment {flight.n} is lost in this scenario anyway")
        self.recorder.lose(flight)
        self._copy(flight.n)

    def finish(self) -> None:
        """After the last step: make good what is still lost; what was to be lost or copied must have been there."""
        self.original.chosen, self.due = 0, []
        self._repair(lambda: False)
        while waiting := [flight for flight in self.recorder.network.wire if self._faulty(flight.n)]:
            if waiting[0].n in self.faults:
                self._settle(waiting[0])
            else:
                self._copy(waiting[0].n)
            self._repair(lambda: False)
        count = len(self.recorder.sent)
        absent = [n for n in sorted({*self.faults, *self.copies}) if not 1 <= n <= count]
        if absent:
            raise ModelError(f"this run has {count} segments, numbered from 1; there is no segment {absent[0]}")

    def _faulty(self, n: int) -> bool:
        return n in self.faults or (n in self.copies and n not in self.copied)

    def _free(self, flight: Flight) -> bool:
        """Whether no later step of the scenario says what is to become of it."""
        stands_for = next((original for original, n in self.place.items() if n == flight.n), 0)
        if not stands_for:
            return True
        fate = self.original.recorder.sent[stands_for - 1].became.name
        return fate != "ON-THE-WIRE" and stands_for != self.original.chosen

    def _settle(self, flight: Flight) -> None:
        """Let a segment arrive, unless it is one of those to be lost."""
        if flight.n in self.faults:
            self.recorder.lose(flight)
            self.lost.append(self.recorder.sent[flight.n - 1])
            bereft = [original for original, n in self.place.items() if n == flight.n]
            for original in bereft:
                del self.place[original]
            self.bereft.update(bereft)
            self.missing = sorted([*self.missing, *bereft])
        else:
            self.recorder.deliver(flight)
        self._copy(flight.n)
        self._match()

    def _copy(self, n: int) -> None:
        if n in self.copies and n not in self.copied:
            self.copied.add(n)
            self.recorder.duplicate(n)

    def _match(self) -> None:
        """Let each new segment stand for one that the original has sent: the same, rather one that is new than one lost
        before; or, unless it repeats another, the answer to the same event.
        """
        for one in self.recorder.sent[self.seen :]:
            sent = self.original.recorder.sent
            same = [n for n, old in enumerate(sent, 1) if identity(old.segment) == identity(one.segment)]
            wanted = sorted((n for n in same if n in self.missing), key=lambda n: n in self.bereft)
            like = [n for n in self.missing if n in self.due and likeness(sent[n - 1].segment) == likeness(one.segment)]
            for n in (wanted if same else like)[:1]:
                self.place[n] = one.number
                self.missing.remove(n)
        self.seen = len(self.recorder.sent)

    def _repair(self, done: Callable[[], bool]) -> None:
        """Let time pass until `done`, or until there is nothing left to make good."""
        for _ in range(_PATIENCE + len(self.faults)):
            self._arrive()
            if done() or not self._time_out():
                return
        self.lost.clear()

    def _arrive(self) -> None:
        """Let everything arrive that is not the scenario's to deliver."""
        for _ in range(MAX_STEPS):
            free = [flight for flight in self.recorder.network.wire if self._free(flight)]
            if not free:
                return
            self._settle(free[0])
        self.fail("the wire does not fall silent")

    def _time_out(self) -> bool:
        """Let the timer expire that makes good the oldest loss, a delayed ACK before a retransmission; False: none."""
        for one in tuple(self.lost):
            again = repetition(self.recorder, one)
            if again is None:
                self.lost.remove(one)
            elif not self._under_way(again):
                timeout = self.recorder.timeout
                gone = timeout(PEER[again.end], "delayed-ack") or timeout(again.end, again.timer)
                self._match()
                return gone
        return False

    def _under_way(self, again: Repetition) -> bool:
        """Whether what an end would repeat is on the wire, so that its timer is not yet due."""
        flights = self.recorder.network.wire
        return any(one.segment.sender == again.end and one.segment.seq == again.seq for one in flights)


def _parts(step: Any) -> tuple[str, Any]:
    found = parts(step)
    assert found is not None, "the original has taken this step"
    return found


def _takes_minutes(step: Any) -> bool:
    """Whether the step is a timeout so long that every loss is made good before."""
    name, value = _parts(step)
    return name == "timeout" and str(value).split()[-1].casefold() in ("time-wait", "2msl", "user")


def _standing(script: Script, end: str) -> tuple[Term, int]:
    """What an end's user sees: the state, and how many octets came."""
    return script.recorder.network.ends[end].state, script.recorder.delivered[end]
