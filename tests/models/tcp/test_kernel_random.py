"""Random scripts on the model and on Linux: after each step the states, the segments sent, the octets delivered and the
error told to the user are the same, or the difference is on the list.

QUIZGEN_KERNEL_SCRIPTS is how many scripts to run (400), QUIZGEN_KERNEL_SEED where to begin (0).
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

import pytest

from quizgen.kernel.compare import Observation
from quizgen.kernel.lab import Lab
from quizgen.kernel.oracle import Live
from quizgen.models.tcp.states import STATES
from tests.models.tcp.kernel.generate import run, shortest, steps, unexplained
from tests.models.tcp.kernel.marks import live
from tests.models.tcp.kernel.recorded import Recorded, recordings
from tests.models.tcp.kernel.script import Run, show

SCRIPTS = int(os.environ.get("QUIZGEN_KERNEL_SCRIPTS", "400"))
SEED = int(os.environ.get("QUIZGEN_KERNEL_SEED", "0"))
RANDOM = {name: recording for name, recording in recordings().items() if name.startswith("random")}


@live
def test_random_scripts_go_the_same_way_on_the_live_kernel() -> None:
    seen: Counter[str] = Counter()
    with Lab() as lab:
        for seed in range(SEED, SEED + SCRIPTS):
            done, observed = _live(lab, partial(steps, Random(seed)))
            seen.update(step.before for step in observed)
            # A second run tells a difference from a timer that a busy machine let expire.
            if unexplained(observed) and _fails(lab, done):
                pytest.fail(_report(lab, shortest(done, lambda script: _fails(lab, script)), seed))
    assert SCRIPTS < 300 or set(seen) == set(STATES.members), "a state in which nothing ever happened"


def _live(lab: Lab, script: Callable[[Run], Iterator[str]]) -> tuple[list[str], list[Observation]]:
    return run(script, Live(lab.connection()))


def _fails(lab: Lab, script: list[str]) -> bool:
    return unexplained(_live(lab, lambda _: iter(script))[1]) is not None


def _report(lab: Lab, script: list[str], seed: int) -> str:
    observed = _live(lab, lambda _: iter(script))[1]
    return "\n".join([f"seed {seed}, the shortest script:", *script, "", *(show(one) for one in observed[-1:])])


@pytest.mark.parametrize("name", RANDOM)
def test_random_scripts_go_the_same_way_on_the_recorded_kernel(name: str) -> None:
    script, replies = RANDOM[name]["script"], RANDOM[name]["replies"]
    done, observed = run(lambda _: iter(script), Recorded(replies))
    assert not (wrong := unexplained(observed)), show(wrong)
    assert (done, len(observed)) == (script, len(replies))
