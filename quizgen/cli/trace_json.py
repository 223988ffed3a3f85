"""A TCP run as plain data, for `quizgen trace --json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.models.tcp.run import Trace
    from quizgen.models.tcp.traced import TracedSegment


def as_json(scenario: str, trace: Trace) -> str:
    """The run's segments in the order of sending, with the states before the first of them.

    `seq` and `ack` are spelt as in scenarios (`x + 1`, or a number); `ack` is null where the ACK flag is off.
    `states` are those of both ends once the segment has arrived or was lost; null while it is on the wire.
    """
    shape = {
        "scenario": scenario,
        "states": {end: state.name for end, state in trace.steps[0].states.items()},
        "segments": [_segment(one, trace) for one in trace.sent],
    }
    return json.dumps(shape, indent=2)


def _segment(one: TracedSegment, trace: Trace) -> dict[str, object]:
    settled = next((step for step in trace.steps if step.settled == one.number), None)
    segment = one.segment
    return {
        "number": one.number,
        "from": segment.sender,
        "flags": segment.flags.show().split(", "),
        "seq": segment.seq.show(),
        "ack": None if segment.ack is None else segment.ack.show(),
        "length": segment.length,
        "window": segment.window,
        "origin": one.origin.name,
        "fate": one.fate.name,
        "dropped_because": one.reason.show() if one.reason else None,
        "states": settled and {end: state.name for end, state in settled.states.items()},
    }
