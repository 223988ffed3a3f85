"""What a Linux 6.18 kernel did, replayed on the model: the same segments, and the same states after each step. Where this
machine's own kernel can be driven, it does so again.

Each file under kernel/recordings/ is one recording. `do` is a step of a scenario; `arrives`, `lost` and `forged` are
segments seen; `states` are the ends' states. Numbers are relative to the ISSs x and y (x2, y2 in a next connection).

`linux_only` marks what Linux does otherwise, by its name in quizgen/kernel/differences.py; the model must then differ, so that the
mark cannot stay when the difference has gone. Linux keeps a listening socket apart from its connections: where it shows
LISTEN after a connection has ended, the model's end is CLOSED until it is opened again.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from quizgen.kernel.lab import Lab
from quizgen.models.tcp.record import Recorder
from quizgen.models.tcp.scenario import Script
from quizgen.models.tcp.segment import FLAGS, PSH, Segment
from quizgen.models.tcp.seq import read
from quizgen.models.values import TermSet
from tests.models.tcp.kernel.marks import live
from tests.models.tcp.kernel.replay import Replay

RECORDINGS = sorted((Path(__file__).parent / "kernel" / "recordings").glob("*.json"))


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_the_model_does_what_linux_did(path: Path) -> None:
    script = Script()
    for entry in json.loads(path.read_text("utf-8"))["steps"]:
        if "do" in entry:
            script.take(entry["do"])
        else:
            agrees = _agrees(script.recorder, entry)
            assert agrees is not ("linux_only" in entry), (entry, script.recorder.trace().lines())
            if "linux_only" in entry:
                _go_on(script.recorder, entry)


@live
@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_the_live_kernel_does_so_still(path: Path) -> None:
    recording = json.loads(path.read_text("utf-8"))
    linux = recording.get("linux", {})
    with Lab(linux.get("sysctls"), timers=True, quickack=()) as lab:
        replay = Replay(lab.connection(), linux)
        for entry in recording["steps"]:
            assert not (wrong := replay.take(entry)), wrong


def _agrees(recorder: Recorder, entry: dict[str, Any]) -> bool:
    """Whether the model shows the same; what arrives or is lost then does so in the model, too."""
    if "states" in entry:
        states = {name: end.state.name for name, end in recorder.network.ends.items()}
        return all(seen in (states[end], _unlistened(states[end])) for end, seen in entry["states"].items())
    kind, segment = next((name, entry[name]) for name in ("arrives", "lost", "forged") if name in entry)
    if kind == "forged":
        recorder.deliver(recorder.inject(_segment(segment)))
        return True
    flight = next((one for one in recorder.network.wire if one.segment.sender == segment["from"]), None)
    if flight is None or _seen(flight.segment) != _expected(segment):
        return False
    (recorder.deliver if kind == "arrives" else recorder.lose)(flight)
    return True


def _go_on(recorder: Recorder, entry: dict[str, Any]) -> None:
    """After a difference in a segment: let the model's own one arrive in place of Linux's."""
    for one in list(recorder.network.wire):
        if "arrives" in entry and one.segment.sender == entry["arrives"]["from"]:
            recorder.deliver(one)
            return


def _unlistened(state: str) -> str:
    return "LISTEN" if state == "CLOSED" else state


def _segment(described: dict[str, Any]) -> Segment:
    ack = read(described["ack"]) if described["ack"] else None
    flags = TermSet(FLAGS).read(described["flags"])
    return Segment(read(described["seq"]), ack, flags, bytes(described["length"]), sender=described["from"])


def _seen(segment: Segment) -> tuple[object, ...]:
    """What is compared; PSH is a hint to the receiver, which stacks set as they please."""
    return (segment.seq, segment.ack, segment.flags - {PSH}, segment.length)


def _expected(described: dict[str, Any]) -> tuple[object, ...]:
    return _seen(_segment(described))


def test_every_recording_is_there() -> None:
    assert len(RECORDINGS) == 24
