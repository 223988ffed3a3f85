"""Each way in which Linux is known to differ from RFC 9293 is still one: in the recording, and in the live kernel."""

import json
from pathlib import Path
from typing import Any

import pytest

from quizgen.kernel.compare import Observation
from quizgen.kernel.differences import DIFFERENCES, Difference, explain
from quizgen.kernel.lab import Lab
from quizgen.kernel.oracle import Live
from tests.models.tcp.kernel.generate import run, unexplained
from tests.models.tcp.kernel.marks import live
from tests.models.tcp.kernel.recorded import Recorded, recordings
from tests.models.tcp.kernel.script import show
from tests.models.tcp.kernel.scripts import SCRIPTS, SETTINGS

RECORDINGS = sorted((Path(__file__).parent / "kernel" / "recordings").glob("*.json"))
each = pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda one: one.name)


def _shows(difference: Difference, observed: list[Observation]) -> None:
    assert not unexplained(observed)
    last = observed[-1]
    assert last.step == SCRIPTS[difference.name][-1]
    assert not last.agrees, f"the model and Linux agree: take `{difference.name}` off the list"
    assert explain(last) is difference, show(last)


@each
def test_the_recorded_kernel_differs(difference: Difference) -> None:
    _shows(
        difference, run(lambda _: iter(SCRIPTS[difference.name]), Recorded(recordings()[difference.name]["replies"]))[1]
    )


@live
@each
def test_the_live_kernel_differs(difference: Difference) -> None:
    with Lab() as lab:
        _shows(difference, run(lambda _: iter(SCRIPTS[difference.name]), Live(lab.connection()))[1])


def test_the_recorded_scenarios_name_differences_of_the_list() -> None:
    found = {entry["linux_only"] for path in RECORDINGS for entry in _steps(path) if "linux_only" in entry}
    assert found <= {one.name for one in DIFFERENCES} | set(SETTINGS)
    assert set(SETTINGS) <= found


def _steps(path: Path) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["steps"]
    return steps


def test_the_page_has_the_whole_list() -> None:
    page = Path(__file__).parents[3] / "docs" / "models" / "tcp-kernel.md"
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| ") and "§" in line]
    assert rows == [
        f"| {one.name} | {one.linux} | {one.rfc} | {str(one.cite).removeprefix('RFC 9293 ')} |" for one in DIFFERENCES
    ]


def test_every_difference_has_a_name_of_its_own_and_a_script() -> None:
    assert [one.name for one in DIFFERENCES] == list(SCRIPTS)
