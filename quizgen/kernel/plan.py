"""A scenario as the events that the model makes of it, to be brought about at Linux, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizgen.kernel.compare import TOO_LONG
from quizgen.kernel.oracle import TIMEOUT_EVENTS
from quizgen.models.tcp.endpoint.rules import STANDARD
from quizgen.models.tcp.endpoint.tcb import Policy
from quizgen.models.tcp.network import PEER
from quizgen.models.tcp.run import Step
from quizgen.models.tcp.scenario import Script
from quizgen.models.tcp.seq import Seq
from quizgen.models.tcp.traced import TracedSegment


class Unable(Exception):
    """Why Linux cannot run a scenario at all."""


@dataclass(frozen=True)
class Established:
    """Both ends connect; the handshake is not part of the run."""


@dataclass(frozen=True)
class Choice:
    """From now on an end does this where RFC 9293 leaves it the choice; `step` is what the scenario says."""

    end: str
    policy: Policy
    step: str


Event = Step | Established | Choice


@dataclass(frozen=True)
class Plan:
    """What happens, the segments of the model's run, and the ISSs of each end's connections there.

    `timers`: whether one of Linux's own timers is waited for; `delaying`: the ends that ever delay ACKs.
    """

    events: Sequence[Event]
    sent: Sequence[TracedSegment]
    isses: Mapping[str, Sequence[Seq]]
    timers: bool
    delaying: frozenset[str]


def plan(steps: Sequence[Any]) -> Plan:
    """Run a scenario on the model. Raises ScenarioError for a step that cannot happen there, Unable where Linux has no
    such protocol.
    """
    script = Script()
    events: list[Event] = []
    seen = len(script.recorder.steps)
    for script.index, step in enumerate(steps):
        before = _policies(script)
        script.take(step)
        events += [_choice(end, one, step) for end, one in _policies(script).items() if one != before[end]]
        if isinstance(step, str) and step.strip() == "established":
            events.append(Established())
        events += script.recorder.steps[seen:]
        seen = len(script.recorder.steps)
    if script.rules != STANDARD:
        raise Unable(f"Linux opens a connection by three messages, and this scenario asks for {script.rules.messages}")
    ends = script.recorder.network.ends
    return Plan(
        events,
        script.recorder.sent,
        {name: end.isses[: max(end.opened, 1)] for name, end in ends.items()},
        any(isinstance(event, Step) and event.event in TIMEOUT_EVENTS.keys() - TOO_LONG for event in events),
        frozenset(event.end for event in events if isinstance(event, Choice) and event.policy.delayed_ack),
    )


def _choice(end: str, policy: Policy, step: Mapping[str, Any]) -> Choice:
    said = f"policy: {next(iter(step.values()))}"
    if replace(policy, delayed_ack=False, reads=True) != Policy():
        raise Unable(f"Linux sizes its buffers and chooses its options itself, and this scenario says `{said}`")
    return Choice(end, policy, said)


def _policies(script: Script) -> dict[str, Policy]:
    return {name: script.recorder.network.ends[name].policy for name in PEER}
