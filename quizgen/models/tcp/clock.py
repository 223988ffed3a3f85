"""When the steps of a run happen: a run has an order and no clock, and this is one that such a run could have had.

A segment takes 10 ms. Retransmission begins at 1 s and doubles up to 60 s (RFC 6298 §2, §5.5), so does the probe of a
zero window (RFC 9293 §3.8.6.1). A delayed ACK waits for 200 ms (§3.8.6.3: less than 500 ms), 2MSL are 4 minutes
(§3.4.2), a user's patience lasts for 5 (§3.9.1.1). A user's call comes 1 ms after what happened before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizgen.models.tcp.run import Step, Trace
from quizgen.models.tcp.states import TIME_WAIT

MICROSECONDS = 1_000_000
_WAY, _PAUSE = 10_000, 1_000
_DELAYED_ACK, _RTO, _LONGEST_RTO = 200_000, MICROSECONDS, 60 * MICROSECONDS
_2MSL, _PATIENCE = 240 * MICROSECONDS, 300 * MICROSECONDS


def times(trace: Trace) -> tuple[int, ...]:
    """The time of each step in microseconds after the first one; never less than that of the step before."""
    clock = _Clock(trace)
    for index in range(1, len(trace.steps)):
        clock.tick(index)
    return tuple(clock.at)


class _Clock:
    def __init__(self, trace: Trace) -> None:
        self.trace, self.at = trace, [0]

    def tick(self, index: int) -> None:
        """Find the time of the next step."""
        step, now = self.trace.steps[index], self.at[-1]
        if step.arrived:
            due = self.at[self.trace.sent[step.arrived - 1].sent] + _WAY
        elif step.settled:
            due = now
        else:
            timer = step.event.removesuffix(" timeout") if step.event.endswith(" timeout") else ""
            due = _TIMERS[timer](self, step) if timer else now + _PAUSE
        self.at.append(max(now, due))

    def retransmission(self, step: Step) -> int:
        """Double the time at each transmission of the same octets."""
        again = self.trace.sent[step.sent[0] - 1]
        before = [
            one.sent
            for one in self.trace.sent[: again.number - 1]
            if one.origin.name in ("SENT", "RETRANSMITTED")
            and (one.segment.sender, one.segment.seq) == (step.end, again.segment.seq)
            and one.segment.occupies
        ]
        return self._backed_off(max(before, default=0), len(before) - 1)

    def persist(self, step: Step) -> int:
        """Double the time at each probe."""
        before = [index for index in range(len(self.at)) if self._is(index, step.end, step.event)]
        return self._backed_off(self._last(step.end, lambda one: True), len(before))

    def delayed_ack(self, step: Step) -> int:
        return self.at[self._last(step.end, lambda one: one.arrived > 0)] + _DELAYED_ACK

    def time_wait(self, step: Step) -> int:
        return self.at[self._last(step.end, lambda one: TIME_WAIT in one.path or one.restarted_2msl)] + _2MSL

    def user(self, step: Step) -> int:
        return self.at[self._last(step.end, lambda one: bool(one.sent))] + _PATIENCE

    def _backed_off(self, since: int, doubled: int) -> int:
        return self.at[since] + min(_RTO << max(doubled, 0), _LONGEST_RTO)

    def _is(self, index: int, end: str, event: str) -> bool:
        return (self.trace.steps[index].end, self.trace.steps[index].event) == (end, event)

    def _last(self, end: str, meant: Callable[[Step], bool]) -> int:
        """The last of the steps so far that happened at this end and is meant; 0 for none."""
        return max(
            (n for n in range(len(self.at)) if self.trace.steps[n].end == end and meant(self.trace.steps[n])), default=0
        )


_TIMERS: Mapping[str, Callable[[_Clock, Step], int]] = {
    "retransmission": _Clock.retransmission,
    "persist": _Clock.persist,
    "delayed-ack": _Clock.delayed_ack,
    "2MSL": _Clock.time_wait,
    "user": _Clock.user,
}
