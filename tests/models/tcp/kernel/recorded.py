"""What the live kernel replied to scripts, kept for machines without one of their own.

python -m tests.models.tcp.kernel.recorded      records anew (Linux, root)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from quizgen.kernel.compare import Observation
from quizgen.kernel.lab import Lab
from quizgen.kernel.oracle import Live, Reply
from quizgen.models.tcp.segment import FLAGS, Segment
from quizgen.models.tcp.seq import Seq
from quizgen.models.values import TermSet
from tests.models.tcp.kernel.generate import run, steps
from tests.models.tcp.kernel.scripts import SCRIPTS

PATH = Path(__file__).parent / "recordings" / "scripts.jsonl"
_RANDOM_SCRIPTS = 60


class Recorded:
    """A recording of the live kernel: its replies, one after the other."""

    def __init__(self, replies: Iterable[Mapping[str, Any]]) -> None:
        self._replies = iter(replies)

    def happen(self, end: str, event: str, octets: int) -> Reply:
        return self._next()

    def arrive(self, segment: Segment) -> Reply:
        return self._next()

    def _next(self) -> Reply:
        one = next(self._replies)
        segments = tuple(_segment(described) for described in one["sends"])
        return Reply(one["states"], segments, bytes.fromhex(one.get("delivers", "")), one.get("error", ""))


def _segment(described: list[Any]) -> Segment:
    sender, flags, seq, ack, window, data = described
    kinds = TermSet(FLAGS).read(flags)
    return Segment(Seq("", seq), None if ack is None else Seq("", ack), kinds, bytes.fromhex(data), window, sender)


def _described(one: Segment) -> list[Any]:
    ack = None if one.ack is None else one.ack.value
    return [one.sender, one.flags.show(), one.seq.value, ack, one.window, one.data.hex()]


def _reply(step: Observation) -> dict[str, Any]:
    """One line's entry for a step; what is empty is left out."""
    reply = step.kernel
    sends = [_described(one) for one in reply.segments]
    entry = {"states": dict(reply.states), "sends": sends}
    more = {"delivers": reply.delivered.hex(), "error": reply.error}
    return entry | {key: value for key, value in more.items() if value}


def recordings() -> dict[str, dict[str, Any]]:
    """Each `script` with its `replies`, by the name of a difference, or `random N`."""
    lines = [json.loads(line) for line in PATH.read_text("utf-8").splitlines()]
    return {line["name"]: line for line in lines}


def record() -> None:
    """Run the differences' scripts and some random ones on the live kernel, and write down what it did."""
    scripts = {name: lambda _, script=script: iter(script) for name, script in SCRIPTS.items()}
    for n in range(_RANDOM_SCRIPTS):
        scripts[f"random {n}"] = lambda running, n=n: steps(Random(n), running)
    with Lab() as lab, PATH.open("w", encoding="utf-8") as out:
        for name, script in scripts.items():
            done, observed = run(script, Live(lab.connection()))
            line = {"name": name, "script": done, "replies": [_reply(step) for step in observed]}
            out.write(json.dumps(line, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    record()
